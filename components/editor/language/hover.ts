import { type editor, type IDisposable, languages, Range } from "monaco-editor/editor";
import type { LanguageClient } from "./client.ts";
import { descriptionLanguages } from "./selector.ts";

/** Shows the schema's documentation of what is under the pointer, or under the cursor by keyboard. */
export function provideHover(
  client: LanguageClient,
  pathOf: (model: editor.ITextModel) => string | undefined,
): IDisposable {
  return languages.registerHoverProvider(descriptionLanguages, {
    async provideHover(model, position) {
      const path = pathOf(model);
      if (path === undefined) return null;
      const hover = await client.ask("hover", { path, offset: model.getOffsetAt(position) });
      if (hover === null) return null;
      return {
        contents: [{ value: hover.markdown }],
        range: Range.fromPositions(model.getPositionAt(hover.start), model.getPositionAt(hover.end)),
      };
    },
  });
}
