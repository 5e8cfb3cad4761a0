import type { Schema } from "#lib/kiwi/schema.ts";
import { valueExpectation } from "#lib/relaxng/messages.ts";
import { childElements, type XmlElement } from "#lib/xml/tree.ts";
import { dataItems } from "./complete-data.ts";
import { completionItem, snippetText } from "./completion-item.ts";
import { type Candidate, declarationOf, possibleAttributes, possibleElements } from "./context.ts";
import type { CompletionItem, CompletionList } from "./contract.ts";
import { type Cursor, cursorAt } from "./cursor.ts";
import { candidatesFromBehind } from "./ends-behind.ts";
import type { Composition } from "./includes.ts";
import { objectionsIn } from "./objections.ts";
import { documentationOf } from "./own-documentation.ts";
import type { Reading } from "./reading.ts";
import { attributeSnippet, elementSnippet } from "./snippet.ts";
import { attributeValues, otherEntries, takesText, textValues, valueDocumentation, valuePlace } from "./values.ts";

/**
 * What may be written at a place of a description: what is required first, then elements and values in the schema's
 * order and attributes by name; last comes what rules have something against.
 */
export function complete(schema: Schema, reading: Reading, offset: number): CompletionList {
  const items =
    reading.document.data === undefined
      ? itemsAt(schema, cursorAt(reading.document, offset), reading, offset)
      : dataItems(schema, reading, offset);
  return { items: items.sort((a, b) => rank(a) - rank(b) || byName(a, b)) };
}

/** The schema has the attributes of an element in no order that helps to find one. */
function byName(a: CompletionItem, b: CompletionItem): number {
  return a.kind === "attribute" && b.kind === "attribute" ? a.label.localeCompare(b.label, "en") : 0;
}

function rank({ kind, required, onlyFor, objection }: CompletionItem): number {
  if (required) return 0;
  return kind === "markup" ? 3 : onlyFor === undefined && objection === undefined ? 1 : 2;
}

function itemsAt(schema: Schema, cursor: Cursor, reading: Reading, offset: number): CompletionItem[] {
  switch (cursor.kind) {
    case "element-name":
      return [
        ...elementItems(schema, cursor, cursor.parent, cursor.element, reading, ""),
        ...(cursor.element === null ? [...closingItems(cursor), ...markupItems(schema, cursor, "")] : []),
      ];
    case "content":
      return [
        ...textItems(schema, cursor.parent),
        ...elementItems(schema, cursor, cursor.parent, null, reading, "<"),
        ...markupItems(schema, cursor, "<"),
      ];
    case "attribute-name":
      return attributeItems(schema, cursor, reading);
    case "attribute-value":
      return valueItems(schema, cursor, reading, offset);
    case "end-tag":
      return endTagItems(cursor);
    case "nothing":
      return [];
  }
}

function elementItems(
  schema: Schema,
  place: { start: number; end: number },
  parent: XmlElement | null,
  self: XmlElement | null,
  { document, contexts: [composition] }: Reading,
  open: "" | "<",
): CompletionItem[] {
  const { grammar } = schema;
  // A tag that has more than its name already gets a new name and keeps the rest.
  const nameOnly = self !== null && (self.form !== "broken" || self.attributes.length > 0);
  const likely = elementCandidates(schema, place.start, parent, self, composition);
  const known = new Set(likely.map(({ leaf }) => leaf));
  const others = nameOnly ? [] : candidatesFromBehind(grammar, document, parent, place);
  const objections = parent === null ? null : objectionsIn(schema, parent, composition);
  return [...likely, ...others.filter(({ leaf }) => !known.has(leaf))].flatMap(({ name, leaf, required }) => {
    if (leaf.kind !== "element") return [];
    const insertText = nameOnly ? name : open + elementSnippet(grammar, name, leaf.declaration);
    const documentation = documentationOf(leaf.declaration, name);
    const objection = required ? {} : objections?.toChild(name, leaf);
    return [completionItem(name, "element", insertText, required, place, { documentation, ...objection })];
  });
}

function elementCandidates(
  { grammar }: Schema,
  at: number,
  parent: XmlElement | null,
  self: XmlElement | null,
  composition: Composition,
): Candidate[] {
  if (parent === null) {
    const roots = [...grammar.derive.leaves(grammar.start)].filter((leaf) => leaf.kind === "element");
    return roots.flatMap((leaf) =>
      leaf.declaration.nameClass.kind === "name"
        ? [{ name: leaf.declaration.nameClass.local, leaf, required: true }]
        : [],
    );
  }
  const declaration = declarationOf(grammar, parent);
  if (declaration === null) return [];
  const shown = parent.parent === null ? composition.main.root : null;
  // The root's children may come from several files; the cursor's own place among them does not matter to an interleave.
  const nodes = shown === null ? parent.children : composition.view.children(shown);
  const siblings = childElements({ children: nodes }).filter(
    (one) => one.start !== self?.start || one.parent !== self?.parent,
  );
  const before = siblings.filter((one) => one.parent === parent && one.start < at);
  const after = siblings.filter((one) => one.parent !== parent || one.start >= at);
  return possibleElements(grammar, declaration, before, after);
}

function textItems(schema: Schema, parent: XmlElement | null): CompletionItem[] {
  if (parent === null || parent.form === "empty") return [];
  const place = { start: parent.openEnd, end: Math.max(parent.closeStart, parent.openEnd) };
  return textValues(schema, parent).map((value) => completionItem(value, "value", snippetText(value), false, place));
}

function attributeItems(
  schema: Schema,
  { element, attribute, start, end }: Cursor & { kind: "attribute-name" },
  { document: { text }, contexts: [composition] }: Reading,
): CompletionItem[] {
  const { grammar } = schema;
  const declaration = declarationOf(grammar, element);
  if (declaration === null) return [];
  const present = element.attributes.filter((one) => one !== attribute);
  const hasValue = attribute !== null && attribute.end > attribute.nameEnd;
  const candidates = possibleAttributes(grammar, declaration, present);
  const objections = objectionsIn(schema, element, composition);
  const tight = /["']/.test(text[start - 1] ?? "") ? " " : "";
  return candidates.flatMap(({ name, leaf, required }) => {
    if (leaf.kind !== "attribute") return [];
    const insertText = tight + (hasValue ? name : attributeSnippet(name, leaf));
    const { text: values } = valueExpectation(leaf.declaration.value, grammar.derive.leaves(leaf.declaration.value));
    const documentation = documentationOf(leaf.declaration, element.name, name);
    const detail = leaf.declaration.value.kind === "text" ? undefined : values;
    const more = { documentation, detail, ...(required ? {} : objections.toAttribute(name, leaf)) };
    return [completionItem(name, "attribute", insertText, required, { start, end }, more)];
  });
}

function valueItems(
  schema: Schema,
  { element, attribute, quoted, start, end }: Cursor & { kind: "attribute-value" },
  reading: Reading,
  offset: number,
): CompletionItem[] {
  const place = valuePlace(attribute, offset, start, end);
  const documentationFor = valueDocumentation(schema, element, attribute, reading);
  const others = otherEntries(attribute, offset - start);
  const values = attributeValues(schema, element, attribute, reading).filter((value) => !others.has(value));
  return values.map((value) => {
    const inserted = snippetText(value);
    const documentation = documentationFor(value);
    return completionItem(value, "value", quoted ? inserted : `"${inserted}"`, false, place, { documentation });
  });
}

/** The end of an element that has none yet, behind a `<`. */
function closingItems({ parent, start, end }: Cursor & { kind: "element-name" }): CompletionItem[] {
  if (parent === null || (parent.form !== "unclosed" && parent.form !== "broken")) return [];
  return [completionItem(`/${parent.name}`, "element", `/${parent.name}>`, false, { start, end })];
}

/** What XML itself knows: comments, instructions, and text that is taken as it is, where text may stand. */
function markupItems(
  schema: Schema,
  place: Cursor & { kind: "element-name" | "content" },
  open: "" | "<",
): CompletionItem[] {
  // Outside of the root not all of it may stand everywhere.
  if (place.parent === null) return [];
  const item = (label: string, text: string, documentation: string) =>
    completionItem(label, "markup", open + text, false, place, { documentation });
  const items = [
    item("comment", "!-- $0 -->", "A comment: `<!-- … -->`."),
    item("instruction", "?${1:target} $0?>", "A processing instruction: `<?target …?>`. KIWI takes no notice of it."),
  ];
  if (!takesText(schema, place.parent)) return items;
  return [...items, item("CDATA", "![CDATA[$0]]>", "Text in which `<` and `&` stand for themselves: `<![CDATA[…]]>`.")];
}

function endTagItems({ element, start, end }: Cursor & { kind: "end-tag" }): CompletionItem[] {
  if (element === null) return [];
  return [completionItem(`/${element.name}`, "element", `</${element.name}>`, true, { start, end })];
}
