import type { XmlAttribute, XmlElement } from "../tree.ts";
import { type EditedSource, lineEndOf, ownIndent } from "./layout.ts";
import type { TextEdit } from "./text-edit.ts";
import { escapeValue } from "./write.ts";

/** Gives an attribute its value: in the place of the old one, or as a new attribute after the others. */
export function setAttribute(source: EditedSource, element: XmlElement, name: string, value: string): TextEdit[] {
  const attribute = element.attributes.find((one) => one.name === name);
  if (attribute === undefined) return [addAttribute(source, element, name, value)];
  if (attribute.value === value && attribute.complete) return [];
  const quote = source.text[attribute.valueStart - 1];
  if (!attribute.complete || (quote !== '"' && quote !== "'")) {
    return [{ start: attribute.nameEnd, end: attribute.end, text: `="${escapeValue(value)}"` }];
  }
  return [{ start: attribute.valueStart, end: attribute.valueEnd, text: escapeValue(value, quote) }];
}

/** A new attribute behind the last one; in a line of its own where the last one has one. */
function addAttribute({ text }: EditedSource, element: XmlElement, name: string, value: string): TextEdit {
  const last = element.attributes.at(-1);
  const at = last?.end ?? element.nameEnd;
  const indent = last === undefined ? null : ownIndent(text, last.start);
  const gap = indent === null ? " " : lineEndOf(text) + indent;
  return { start: at, end: at, text: `${gap}${name}="${escapeValue(value)}"` };
}

/** Takes attributes away, with the blanks that parted them from their neighbours. */
export function removeAttributes(
  { text }: EditedSource,
  { attributes, nameEnd }: XmlElement,
  gone: readonly XmlAttribute[],
): TextEdit[] {
  const edits: TextEdit[] = [];
  for (const [index, attribute] of attributes.entries()) {
    if (!gone.includes(attribute)) continue;
    const before = attributes[index - 1]?.end ?? nameEnd;
    const between = text.slice(before, attribute.start);
    const start = /^[ \t\r\n]*$/.test(between) ? before : attribute.start;
    edits.push({ start, end: attribute.end, text: "" });
  }
  // The first one stands beside the element's name: if those that stay are in lines of their own, the next moves up.
  const stays = attributes.findIndex((one) => !gone.includes(one));
  const [first, last, next] = [attributes[0], attributes[stays - 1], attributes[stays]];
  if (first === undefined || last === undefined || next === undefined) return edits;
  if (/[\r\n]/.test(text.slice(nameEnd, first.start))) return edits;
  if (!/^[ \t]*[\r\n][ \t\r\n]*$/.test(text.slice(last.end, next.start))) return edits;
  return [{ start: first.start, end: next.start, text: "" }, ...edits.slice(stays)];
}

export function renameAttribute(attribute: XmlAttribute, name: string): TextEdit[] {
  return [{ start: attribute.start, end: attribute.nameEnd, text: name }];
}
