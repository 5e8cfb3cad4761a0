import type { DataFormat } from "#lib/kiwi/formats/read.ts";
import { placeholder, type Slot, slotAt } from "#lib/kiwi/formats/slot.ts";
import type { Place } from "#lib/kiwi/formats/tree.ts";
import type { Value } from "#lib/kiwi/formats/value.ts";
import { writeEntry, writeKey, writeText } from "#lib/kiwi/formats/write-fragment.ts";
import { tomlTable } from "#lib/kiwi/formats/write-toml.ts";
import type { Schema } from "#lib/kiwi/schema.ts";
import { valueExpectation } from "#lib/relaxng/messages.ts";
import { childElements, type XmlElement } from "#lib/xml/tree.ts";
import { completionItem, snippetText } from "./completion-item.ts";
import { declarationOf, possibleAttributes, possibleElements } from "./context.ts";
import type { CompletionItem } from "./contract.ts";
import { elementValue, isRepeatable, listOf, scalar } from "./data-snippet.ts";
import { objectionsIn } from "./objections.ts";
import { documentationOf } from "./own-documentation.ts";
import type { Reading } from "./reading.ts";
import { onlyValue } from "./snippet.ts";
import { readSource } from "./source-document.ts";
import { attributeValues, otherEntries, textValues, valueDocumentation, valuePlace } from "./values.ts";

/**
 * What may be written at a place of a text that is not XML. The text is read with a placeholder in that place, so that
 * what somebody has typed there so far breaks nothing.
 */
export function dataItems(schema: Schema, reading: Reading, offset: number): CompletionItem[] {
  const { path, text, format } = reading.document;
  if (format === "xml" || format === "ini") return [];
  const slot = slotAt(text, offset, format);
  if (slot === null) return [];
  const filled = readSource(path, slot.filled, format).data;
  const place = filled?.places.find(({ start, kind }) => start === slot.at && kind !== "attribute-name");
  if (place === undefined) return [];
  if (slot.kind === "value") return valueItems(schema, reading, slot, place, offset);
  if (place.kind !== "element-name" || place.element.name !== placeholder) return [];
  const { parent } = place.element;
  const write = { format, slot, indent: extraIndent(text, slot) };
  return parent === null
    ? rootItems(schema, write)
    : [...attributeItems(schema, parent, reading, write), ...elementItems(schema, parent, reading, write)];
}

interface Write {
  format: DataFormat;
  slot: Slot;
  /** By how much inner lines are indented deeper than the line of the slot, whose own indentation editors repeat. */
  indent: string;
}

function valueItems(
  schema: Schema,
  reading: Reading,
  slot: Slot,
  { element, attribute, kind }: Place,
  offset: number,
): CompletionItem[] {
  const { text, format } = reading.document;
  const isText = attribute === null || kind === "text";
  const known = isText ? textValues(schema, element) : attributeValues(schema, element, attribute, reading);
  const documentationFor = isText ? () => undefined : valueDocumentation(schema, element, attribute, reading);
  const written = { name: attribute?.name ?? "", value: text.slice(slot.start, slot.end) };
  const range = valuePlace(written, offset, slot.start, slot.end);
  const isPart = range.start > slot.start || range.end < slot.end;
  const others = otherEntries(written, offset - slot.start);
  const offered = known.filter((value) => !others.has(value));
  return offered.map((value) => {
    const inserted = slot.quoted || isPart || format === "xml" || format === "ini" ? value : writeText(value, format);
    return completionItem(value, "value", snippetText(inserted), false, range, {
      documentation: documentationFor(value),
    });
  });
}

function rootItems({ grammar }: Schema, write: Write): CompletionItem[] {
  const leaves = [...grammar.derive.leaves(grammar.start)];
  return leaves.flatMap((leaf) => {
    if (leaf.kind !== "element" || leaf.declaration.nameClass.kind !== "name") return [];
    const name = leaf.declaration.nameClass.local;
    const value = elementValue(grammar, leaf.declaration);
    const documentation = documentationOf(leaf.declaration, name);
    return [completionItem(name, "element", entry([name], value, write), true, write.slot, { documentation })];
  });
}

function attributeItems(schema: Schema, element: XmlElement, reading: Reading, write: Write): CompletionItem[] {
  const { grammar } = schema;
  const declaration = declarationOf(grammar, element);
  // The head of a table names a child.
  if (declaration === null || isTableHead(write)) return [];
  const objections = objectionsIn(schema, element, reading.contexts[0]);
  return possibleAttributes(grammar, declaration, element.attributes).flatMap(({ name, leaf, required }) => {
    if (leaf.kind !== "attribute") return [];
    const { value } = leaf.declaration;
    const detail = value.kind === "text" ? undefined : valueExpectation(value, grammar.derive.leaves(value)).text;
    const insertText = entry([`@${name}`], scalar(onlyValue(leaf) ?? "$1"), write);
    const documentation = documentationOf(leaf.declaration, element.name, name);
    const more = { documentation, detail, ...(required ? {} : objections.toAttribute(name, leaf)) };
    return [completionItem(`@${name}`, "attribute", insertText, required, write.slot, more)];
  });
}

function elementItems(schema: Schema, parent: XmlElement, reading: Reading, write: Write): CompletionItem[] {
  const { grammar } = schema;
  const declaration = declarationOf(grammar, parent);
  if (declaration === null) return [];
  const own = childElements(parent).filter(({ name }) => name !== placeholder);
  // What fragments bring counts as well.
  const [{ main, view }] = reading.contexts;
  const isRoot = parent.parent === null && main.root !== null;
  const included = isRoot && main.root !== null ? view.children(main.root) : [];
  const foreign = childElements({ children: included }).filter((child) => child.parent !== main.root);
  const siblings = [...own, ...foreign];
  const objections = objectionsIn(schema, parent, reading.contexts[0]);
  return possibleElements(grammar, declaration, siblings, []).flatMap(({ name, leaf, required }) => {
    // A second key of the same name would replace the first, unless it is a table of a list.
    if (leaf.kind !== "element" || (!isTableHead(write) && own.some((child) => child.name === name))) return [];
    const value = elementValue(grammar, leaf.declaration);
    const whole = isRepeatable(grammar, declaration, name) && value.kind === "map" ? listOf(value) : value;
    const insertText = entry([...pathOf(parent), name], whole, write);
    const documentation = documentationOf(leaf.declaration, name);
    const more = { documentation, ...(required ? {} : objections.toChild(name, leaf)) };
    return [completionItem(name, "element", insertText, required, write.slot, more)];
  });
}

function isTableHead({ format, slot }: Write): boolean {
  return (
    format === "toml" && slot.nameOnly && !slot.flow && slot.filled.slice(slot.at).search(/^kiwi-placeholder\]/) === 0
  );
}

/** A key with its value, as text to insert in the slot. */
function entry(path: readonly string[], value: Value, { format, slot, indent }: Write): string {
  const name = path.at(-1) ?? "";
  if (slot.nameOnly) return snippetKey(writeKey(name, format));
  const isTable = format === "toml" && !slot.flow && value.kind !== "scalar";
  const text = isTable ? tomlTable(path, value) : writeEntry(name, value, format, slot.flow);
  return snippetKey(text).replaceAll("\n", `\n${indent}`) + (slot.followed ? ", " : "");
}

/** Stops stay stops, backslashes are text. */
function snippetKey(text: string): string {
  return text.replaceAll("\\", "\\\\");
}

function pathOf(element: XmlElement): string[] {
  return element.parent === null ? [element.name] : [...pathOf(element.parent), element.name];
}

/** Behind the dash of a list inner lines go on below the key, not below the dash. */
function extraIndent(text: string, slot: Slot): string {
  const line = text.slice(text.lastIndexOf("\n", slot.start - 1) + 1, slot.start);
  return slot.flow ? "" : " ".repeat(line.length - (/^\s*/.exec(line)?.[0].length ?? 0));
}
