import { type editor, type IDisposable, languages } from "monaco-editor/editor";
import type { OutlineItem } from "#lib/kiwi/language/index.ts";
import type { LanguageClient } from "./client.ts";
import { type DescriptionModels, rangeOf } from "./description-models.ts";
import { descriptionLanguages } from "./selector.ts";

const { SymbolKind, FoldingRangeKind, DocumentHighlightKind } = languages;

/** What the tree of a file gives: symbols to go to, folds, growing selections, and the two tags of an element as one. */
export function provideStructure(client: LanguageClient, { pathOf }: DescriptionModels): IDisposable[] {
  return [
    languages.registerDocumentSymbolProvider(descriptionLanguages, {
      displayName: "KIWI description",
      async provideDocumentSymbols(model) {
        const path = pathOf(model);
        return path === undefined ? [] : (await client.ask("outline", { path })).map((item) => symbolOf(model, item));
      },
    }),
    languages.registerFoldingRangeProvider(["xml", "ini"], {
      async provideFoldingRanges(model) {
        const path = pathOf(model);
        if (path === undefined) return null;
        const ranges = await client.ask("folding", { path });
        return ranges.map(({ start, end, comment }) => ({
          start,
          end,
          ...(comment && { kind: FoldingRangeKind.Comment }),
        }));
      },
    }),
    languages.registerSelectionRangeProvider("xml", {
      async provideSelectionRanges(model, positions) {
        const path = pathOf(model);
        if (path === undefined) return null;
        const all = positions.map((position) => client.ask("selection", { path, offset: model.getOffsetAt(position) }));
        return (await Promise.all(all)).map((ranges) => ranges.map((range) => ({ range: rangeOf(model, range) })));
      },
    }),
    languages.registerLinkedEditingRangeProvider("xml", {
      async provideLinkedEditingRanges(model, position) {
        const path = pathOf(model);
        if (path === undefined) return null;
        const pair = await client.ask("tagPair", { path, offset: model.getOffsetAt(position) });
        return pair && { ranges: pair.map((range) => rangeOf(model, range)), wordPattern: /[\w.:-]*/ };
      },
    }),
    languages.registerDocumentHighlightProvider(descriptionLanguages, {
      async provideDocumentHighlights(model, position) {
        const path = pathOf(model);
        if (path === undefined) return null;
        const offset = model.getOffsetAt(position);
        const pair = await client.ask("tagPair", { path, offset });
        const same = pair ?? (await client.ask("references", { path, offset }))?.filter((place) => place.path === path);
        return same?.map((range) => ({ range: rangeOf(model, range), kind: DocumentHighlightKind.Text })) ?? null;
      },
    }),
  ];
}

const kinds: Readonly<Record<string, languages.SymbolKind>> = {
  image: SymbolKind.Package,
  type: SymbolKind.Class,
  packages: SymbolKind.Array,
  package: SymbolKind.Field,
  profile: SymbolKind.Interface,
  include: SymbolKind.File,
  repository: SymbolKind.Module,
};

function symbolOf(model: editor.ITextModel, item: OutlineItem): languages.DocumentSymbol {
  return {
    name: item.name,
    detail: item.detail ?? "",
    kind: kinds[item.element] ?? SymbolKind.Property,
    tags: [],
    range: rangeOf(model, item),
    selectionRange: rangeOf(model, { start: item.nameStart, end: item.nameEnd }),
    children: item.children.map((child) => symbolOf(model, child)),
  };
}
