import type { editor } from "monaco-editor/editor";
import { useEffect, useState } from "react";
import type { OutlineItem } from "#lib/kiwi/language/index.ts";
import type { EditorSession } from "../session/editor-session.ts";

/** Pause after the last key before the outline is made anew: it is looked at between thoughts, not between keys. */
const PAUSE_MS = 200;

/** The outline of a file, kept up with its text; empty for files that are no part of the description, null before it is known. */
export function useOutline(
  session: EditorSession,
  model: editor.ITextModel | undefined,
): readonly OutlineItem[] | null {
  const [items, setItems] = useState<readonly OutlineItem[] | null>(null);
  useEffect(() => {
    if (!model) return;
    let current = true;
    let isEmpty = true;
    let pause: ReturnType<typeof setTimeout> | undefined;
    const take = (found: readonly OutlineItem[]) => {
      isEmpty = found.length === 0;
      if (current) setItems(found);
    };
    const ask = () => session.outline(model).then(take, () => take([]));
    const listening = model.onDidChangeContent(() => {
      clearTimeout(pause);
      pause = setTimeout(() => void ask(), PAUSE_MS);
    });
    // The folder may come later than the text.
    const folder = session.diagnosis.current.subscribe(() => isEmpty && void ask());
    void ask();
    return () => {
      current = false;
      clearTimeout(pause);
      listening.dispose();
      folder();
    };
  }, [session, model]);
  return items;
}
