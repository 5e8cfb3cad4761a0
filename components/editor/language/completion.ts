import { type editor, type IDisposable, languages, type Position, Range } from "monaco-editor/editor";
import type { OfferedPackage } from "#lib/contracts/packages.ts";
import type { TextRange } from "#lib/kiwi/language/index.ts";
import { formatBytes } from "../../ui/format.ts";
import type { LanguageClient } from "./client.ts";
import type { LanguageMethods } from "./protocol.ts";
import { descriptionLanguages } from "./selector.ts";

type Item = LanguageMethods["complete"]["gives"]["items"][number];

/** What a typed character may open; a space opens a list of attributes, but none in the middle of a text. */
const kindsAfter: Record<string, Item["kind"][]> = {
  "<": ["element", "markup"],
  " ": ["attribute"],
  '"': ["value"],
  "'": ["value"],
};

const icons: Record<Item["kind"], languages.CompletionItemKind> = {
  element: languages.CompletionItemKind.Struct,
  attribute: languages.CompletionItemKind.Property,
  value: languages.CompletionItemKind.EnumMember,
  markup: languages.CompletionItemKind.Snippet,
};

/** Offers what the schema allows at the cursor. `pathOf` says which file of the description a model is, if any. */
export function provideCompletion(
  client: LanguageClient,
  pathOf: (model: editor.ITextModel) => string | undefined,
  searchPackages: (text: string) => Promise<OfferedPackage[]>,
): IDisposable {
  return languages.registerCompletionItemProvider(descriptionLanguages, {
    triggerCharacters: Object.keys(kindsAfter),
    async provideCompletionItems(model, position, context) {
      const path = pathOf(model);
      if (path === undefined) return null;
      const place = { path, offset: model.getOffsetAt(position) };
      const [{ items }, name] = await Promise.all([client.ask("complete", place), client.ask("packageAt", place)]);
      const isXml = model.getLanguageId() === "xml";
      // In the other formats the same signs stand before keys and values.
      const wanted = isXml ? kindsAfter[context.triggerCharacter ?? ""] : undefined;
      const fitting = wanted ? items.filter((item) => wanted.includes(item.kind)) : items;
      const suggestions = fitting.map((item, index) => suggestionOf(item, index, model));
      if (name !== null) suggestions.push(...(await offeredAt(name, model, position, searchPackages)));
      // What fits a key depends on whether it begins with its quote and "@", and what repositories offer on each letter.
      const changes = name !== null || (!isXml && fitting.some(({ kind }) => kind !== "value"));
      return { suggestions, incomplete: changes };
    },
  });
}

/** What the repositories offer, where the name of a package is being written. */
async function offeredAt(
  name: TextRange,
  model: editor.ITextModel,
  position: Position,
  search: (text: string) => Promise<OfferedPackage[]>,
): Promise<languages.CompletionItem[]> {
  const range = Range.fromPositions(model.getPositionAt(name.start), model.getPositionAt(name.end));
  const written = model.getValueInRange(range.setEndPosition(position.lineNumber, position.column));
  return (await search(written.trim())).map(({ name: label, version, installedSize, summary }, index) => ({
    label: { label, description: version },
    kind: languages.CompletionItemKind.Module,
    insertText: label,
    filterText: label,
    // Behind what the description names already.
    sortText: `p${String(index).padStart(4, "0")}`,
    range,
    detail: installedSize === null ? version : `${version}, ${formatBytes(installedSize)} installed`,
    ...(summary !== "" && { documentation: summary }),
  }));
}

function suggestionOf(item: Item, index: number, model: editor.ITextModel): languages.CompletionItem {
  const documentation = documentationOf(item);
  // The first stop is a value in quotes.
  const asksForMore = /^[^$]*"\$1"/.test(item.insertText);
  return {
    label: labelOf(item),
    kind: icons[item.kind],
    insertText: item.insertText,
    insertTextRules: languages.CompletionItemInsertTextRule.InsertAsSnippet,
    filterText: typedAs(item, model),
    // The service gives what is required first, then its own order; Monaco would sort by name.
    sortText: String(index).padStart(5, "0"),
    range: Range.fromPositions(model.getPositionAt(item.start), model.getPositionAt(item.end)),
    ...(item.detail !== undefined && { detail: item.detail }),
    ...(documentation !== undefined && { documentation: { value: documentation } }),
    // Where nothing can be offered, `auto` keeps Monaco from saying so.
    ...(asksForMore && {
      command: { id: "editor.action.triggerSuggest", title: "Offer values", arguments: [{ auto: true }] },
    }),
  };
}

/** The label as it would go on from what is typed: with the quote of a key, and without an `@` that nobody has typed. */
function typedAs({ label, start, end }: Item, model: editor.ITextModel): string {
  const written = model.getValueInRange(Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end)));
  const [before = ""] = /^["']?@?/.exec(written) ?? [];
  if (before.endsWith("@")) return before.slice(0, -1) + label;
  return before + (/^\w/.test(written) ? label.replace(/^@/, "") : label);
}

function labelOf({ label, required, onlyFor, objection }: Item): languages.CompletionItem["label"] {
  if (required) return { label, description: "required" };
  if (onlyFor !== undefined) return { label, description: `only for ${onlyFor.join(", ")}` };
  return objection === undefined ? label : { label, description: "not as things stand" };
}

/** What stands against an item is said before what it is for. */
function documentationOf({ documentation, objection }: Item): string | undefined {
  const parts = [objection && `Not as things stand: ${objection}`, documentation].filter(Boolean);
  return parts.length === 0 ? undefined : parts.join("\n\n");
}
