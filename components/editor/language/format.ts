import { notifications } from "@mantine/notifications";
import { type editor, type IDisposable, languages } from "monaco-editor/editor";
import type { TextRange } from "#lib/kiwi/language/index.ts";
import type { LanguageClient } from "./client.ts";
import { type DescriptionModels, rangeOf } from "./description-models.ts";
import { descriptionLanguages } from "./selector.ts";

/** Lays out files, or what is selected of them; what cannot be laid out is said. */
export function provideFormat(client: LanguageClient, { pathOf }: DescriptionModels): IDisposable[] {
  async function edits(model: editor.ITextModel, options: languages.FormattingOptions, range?: TextRange) {
    const path = pathOf(model);
    if (path === undefined) return null;
    const indent = options.insertSpaces ? " ".repeat(options.tabSize) : "\t";
    const result = await client.ask("format", { path, options: { indent, ...(range && { range }) } });
    if ("edits" in result) return result.edits.map((edit) => ({ range: rangeOf(model, edit), text: edit.text }));
    notifications.show({ id: "format", color: "yellow", title: "Nothing was laid out", message: result.refusal });
    return null;
  }
  return [
    languages.registerDocumentFormattingEditProvider(descriptionLanguages, {
      displayName: "KIWI description",
      provideDocumentFormattingEdits: (model, options) => edits(model, options),
    }),
    languages.registerDocumentRangeFormattingEditProvider(descriptionLanguages, {
      displayName: "KIWI description",
      provideDocumentRangeFormattingEdits: (model, range, options) =>
        edits(model, options, {
          start: model.getOffsetAt({ lineNumber: range.startLineNumber, column: range.startColumn }),
          end: model.getOffsetAt({ lineNumber: range.endLineNumber, column: range.endColumn }),
        }),
    }),
  ];
}
