import type { editor } from "monaco-editor/editor";
import { useCallback, useEffect, useState } from "react";
import { applyOffer } from "../language/fixes.ts";
import type { UpgradeOffer } from "../language/mending.ts";
import type { EditorSession } from "../session/editor-session.ts";

/** The command that upgrades the description to the newest schema version, and what it offers to do. */
export function useUpgrade(session: EditorSession, shown: editor.IStandaloneCodeEditor | null) {
  const [offer, setOffer] = useState<UpgradeOffer | null>(null);

  useEffect(() => {
    const action = shown?.addAction({
      id: "kiwi.upgrade",
      label: "Upgrade the description to the newest schema version",
      contextMenuGroupId: "1_modification",
      run: () => session.mending.upgrade().then(setOffer),
    });
    return () => action?.dispose();
  }, [shown, session]);

  const close = useCallback(() => setOffer(null), []);
  const run = useCallback(() => {
    close();
    if (offer !== null && "edits" in offer) void applyOffer(session.mending, offer);
  }, [offer, close, session]);
  return { offer, run, close };
}
