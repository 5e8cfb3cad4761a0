import type { editor } from "monaco-editor/editor";
import { useCallback, useSyncExternalStore } from "react";

/** What there is at the cursor, by its offset into the text; a plain value, drawn again only where it is another one. */
export function useAtCursor<T extends string | number | undefined>(
  shown: editor.IStandaloneCodeEditor | null,
  at: (offset: number) => T,
): T {
  const subscribe = useCallback(
    (listener: () => void) => {
      const listening = [shown?.onDidChangeCursorPosition(listener), shown?.onDidChangeModel(listener)];
      return () => {
        for (const one of listening) one?.dispose();
      };
    },
    [shown],
  );
  return useSyncExternalStore(subscribe, () => {
    const position = shown?.getPosition();
    return at((position && shown?.getModel()?.getOffsetAt(position)) ?? 0);
  });
}
