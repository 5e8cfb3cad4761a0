import { notifications } from "@mantine/notifications";
import type { editor } from "monaco-editor/editor";
import { useCallback, useEffect, useState } from "react";
import { type Conversion, conversionTargets } from "#lib/kiwi/language/index.ts";
import type { EditorSession } from "../session/editor-session.ts";
import type { Target } from "../session/ways.ts";

/** The commands that write the description on screen in another format, and what one of them is about to do. */
export function useConvert(
  session: EditorSession,
  shown: editor.IStandaloneCodeEditor | null,
  go: (target: Target) => Promise<void>,
) {
  const [conversion, setConversion] = useState<Conversion | null>(null);

  useEffect(() => {
    const actions = conversionTargets.map((to) =>
      shown?.addAction({
        id: `kiwi.convert.${to}`,
        label: `Convert the description to ${to.toUpperCase()}`,
        async run({ getModel }) {
          const model = getModel();
          if (model !== null) setConversion(await session.convert(model, to));
        },
      }),
    );
    return () => {
      for (const action of actions) action?.dispose();
    };
  }, [shown, session]);

  const close = useCallback(() => setConversion(null), []);
  const run = useCallback(async () => {
    close();
    if (conversion === null || "refusal" in conversion) return;
    const { path, text } = conversion;
    const file = await session.files.openOrMake(path);
    if (file.isNew) file.replace(text);
    else {
      const message = `There is a file ${path} already.`;
      notifications.show({ color: "yellow", title: "Nothing was converted", message });
    }
    await go({ file: path });
  }, [conversion, close, session, go]);
  return { conversion, run: () => void run(), close };
}
