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

/** Takes an attribute away, with the blanks that parted it from its neighbour. */
export function removeAttribute({ text }: EditedSource, element: XmlElement, attribute: XmlAttribute): TextEdit[] {
  const index = element.attributes.indexOf(attribute);
  const before = element.attributes[index - 1]?.end ?? element.nameEnd;
  const next = element.attributes[index + 1];
  // The first one stands beside the element's name: if the others are in lines of their own, the next one moves up.
  const movesUp =
    next !== undefined &&
    !/[\r\n]/.test(text.slice(before, attribute.start)) &&
    /^[ \t]*[\r\n][ \t\r\n]*$/.test(text.slice(attribute.end, next.start));
  if (movesUp) return [{ start: attribute.start, end: next.start, text: "" }];
  const between = text.slice(before, attribute.start);
  const start = /^[ \t\r\n]*$/.test(between) ? before : attribute.start;
  return [{ start, end: attribute.end, text: "" }];
}

export function renameAttribute(attribute: XmlAttribute, name: string): TextEdit[] {
  return [{ start: attribute.start, end: attribute.nameEnd, text: name }];
}
