import type { editor } from "monaco-editor/editor";
import { useCallback, useSyncExternalStore } from "react";

/** Where the cursor stands, as an offset into the text. */
export function useCursorOffset(shown: editor.IStandaloneCodeEditor | null): number {
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
    return (position && shown?.getModel()?.getOffsetAt(position)) ?? 0;
  });
}
