import { editor, type IDisposable, Range, Selection } from "monaco-editor/editor";
import type { LanguageClient } from "./client.ts";
import type { DescriptionModels } from "./description-models.ts";

/** Writes end tags: behind a start tag whose `>` was typed, and the rest of one that was begun with `</`. */
export function closeTags(client: LanguageClient, { pathOf }: DescriptionModels): IDisposable {
  const listening = new Map<editor.ICodeEditor, IDisposable>();
  const watch = (watched: editor.ICodeEditor) => {
    const stop = watched.onDidChangeModelContent((event) => {
      const [change, ...others] = event.changes;
      if (change === undefined || others.length > 0 || event.isUndoing || event.isRedoing) return;
      if (change.rangeLength > 0 || !/^[>/]$/.test(change.text) || !watched.hasTextFocus()) return;
      void close(watched, change.rangeOffset + 1);
    });
    listening.set(watched, stop);
    watched.onDidDispose(() => listening.delete(watched));
  };

  async function close(typedIn: editor.ICodeEditor, offset: number): Promise<void> {
    const model = typedIn.getModel();
    const path = model === null ? undefined : pathOf(model);
    if (model === null || path === undefined) return;
    const before = model.getValue().slice(0, offset);
    if (before.endsWith("/") && !before.endsWith("</")) return;
    const closing = await client.ask("closingTag", { path, offset });
    const position = typedIn.getPosition();
    if (closing === null || position === null || typedIn.getModel() !== model) return;
    // Whoever types fast is further already; the end tag goes behind that, unless it is another tag or another place.
    const at = model.getOffsetAt(position);
    const now = model.getValue().slice(0, at);
    if (!now.startsWith(before) || /[<\n]/.test(now.slice(offset))) return;
    const cursor = before.endsWith(">") ? position : model.getPositionAt(at).delta(0, closing.length);
    typedIn.executeEdits(
      "closing-tag",
      [{ range: Range.fromPositions(position), text: closing }],
      [Selection.fromPositions(cursor)],
    );
  }

  for (const existing of editor.getEditors()) watch(existing);
  const coming = editor.onDidCreateEditor(watch);
  return {
    dispose() {
      coming.dispose();
      for (const stop of listening.values()) stop.dispose();
    },
  };
}
