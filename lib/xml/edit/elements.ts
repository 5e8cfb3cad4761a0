import { nameEnd } from "../characters.ts";
import type { XmlElement, XmlNode, XmlText } from "../tree.ts";
import {
  blankStart,
  childIndent,
  type EditedSource,
  indentUnit,
  isInline,
  lineEndOf,
  lineIndent,
  lineStart,
  ownIndent,
  restOfLine,
  withComments,
  withRemarks,
} from "./layout.ts";
import { reindented, shiftable } from "./reindent.ts";
import type { TextEdit } from "./text-edit.ts";
import { escapeText, escapeValue, type NewElement, writeElement } from "./write.ts";

/** Where among its parent's children something is put. */
export type Place = "first" | "last" | { before: XmlNode } | { after: XmlNode };

/** Puts new elements into a parent, indented as its children are. */
export function insertChildren(
  source: EditedSource,
  parent: XmlElement,
  elements: readonly NewElement[],
  place: Place = "last",
): TextEdit[] {
  const [unit, lineEnd] = [indentUnit(source), lineEndOf(source.text)];
  return insertWritten(source, parent, place, (indent) =>
    elements.map((element) => writeElement(element, indent, unit, lineEnd)),
  );
}

/** Moves elements into a parent, which may be one of another file. */
export function moveElements(
  source: EditedSource,
  elements: readonly XmlElement[],
  target: EditedSource,
  parent: XmlElement,
  place: Place = "last",
): { source: TextEdit[]; target: TextEdit[] } {
  const lineEnd = lineEndOf(target.text);
  return {
    source: elements.flatMap((element) => removeElement(source, element)),
    target: insertWritten(target, parent, place, (indent) =>
      elements.map((element) => reindented(source.text, element, indent).replace(/\r\n|\n|\r/g, lineEnd)),
    ),
  };
}

/** Puts a copy of an element behind it. */
export function copyElement(source: EditedSource, element: XmlElement & { parent: XmlElement }): TextEdit[] {
  return insertWritten(source, element.parent, { after: element }, (indent) => [
    reindented(source.text, element, indent),
  ]);
}

/** Lets two siblings change places, each with the comments that speak of it. */
export function swapElements({ text }: EditedSource, one: XmlElement, other: XmlElement): TextEdit[] {
  const [first, second] = [withComments(text, one), withComments(text, other)];
  return [
    { ...first, text: text.slice(second.start, second.end) },
    { ...second, text: text.slice(first.start, first.end) },
  ];
}

/** Takes an element away; with its whole lines where it has them for itself. */
export function removeElement({ text }: EditedSource, { start, end }: Pick<XmlNode, "start" | "end">): TextEdit[] {
  const after = restOfLine(text, end);
  const begins = ownIndent(text, start) !== null;
  if (begins && after !== null) return [{ start: lineStart(text, start), end: after, text: "" }];
  if (begins) {
    const next = /[ \t]*/y;
    next.lastIndex = end;
    next.test(text);
    return [{ start, end: next.lastIndex, text: "" }];
  }
  return [{ start: after === null ? start : blankStart(text, start), end, text: "" }];
}

/** Renames an element, in both its tags. */
export function renameElement({ text }: EditedSource, element: XmlElement, name: string): TextEdit[] {
  const open = { start: element.nameStart, end: element.nameEnd, text: name };
  if (element.form !== "closed") return [open];
  const at = element.closeStart + 2;
  return [open, { start: at, end: nameEnd(text, at), text: name }];
}

/** Gives an element other character data; blanks around it, and comments inside, stay. */
export function replaceText(source: EditedSource, element: XmlElement, value: string): TextEdit[] {
  const { text } = source;
  const written = escapeText(value);
  if (element.form === "empty") {
    const at = blankStart(text, element.end - 2);
    return [{ start: at, end: element.end, text: `>${written}</${element.name}>` }];
  }
  const data = element.children.filter((node): node is XmlText => node.kind === "text" || node.kind === "cdata");
  const filled = data.filter((node) => node.value.trim() !== "");
  if (filled.length === 0) {
    const only = element.children.length === data.length;
    return [{ start: element.openEnd, end: only ? element.closeStart : element.openEnd, text: written }];
  }
  return filled.map((node, index) => {
    const slice = text.slice(node.start, node.end);
    const trims = node.kind === "text";
    const start = node.start + (trims ? slice.length - slice.trimStart().length : 0);
    return { start, end: trims ? node.start + slice.trimEnd().length : node.end, text: index === 0 ? written : "" };
  });
}

/** Puts an element around another one. */
export function wrapElement(source: EditedSource, element: XmlElement, wrapper: NewElement): TextEdit[] {
  const { text } = source;
  const attributes = (wrapper.attributes ?? []).map(([name, value]) => ` ${name}="${escapeValue(value)}"`).join("");
  const [open, close] = [`<${wrapper.name}${attributes}>`, `</${wrapper.name}>`];
  const indent = ownIndent(text, element.start);
  if (indent === null) {
    const edits = [
      { start: element.start, end: element.start, text: open },
      { start: element.end, end: element.end, text: close },
    ];
    return edits;
  }
  const [unit, lineEnd] = [indentUnit(source), lineEndOf(text)];
  return [
    { start: element.start, end: element.start, text: open + lineEnd + indent + unit },
    ...shiftable(text, element).map((at) => ({ start: at, end: at, text: unit })),
    { start: element.end, end: element.end, text: lineEnd + indent + close },
  ];
}

/** Takes an element's tags away and leaves what is inside as it is. */
export function unwrapElement(source: EditedSource, element: XmlElement): TextEdit[] {
  if (element.children.length === 0) return removeElement(source, element);
  const tags = [{ start: element.start, end: element.openEnd }];
  if (element.form === "closed") tags.push({ start: element.closeStart, end: element.end });
  return tags.flatMap((tag) => removeElement(source, tag));
}

function insertWritten(
  source: EditedSource,
  parent: XmlElement,
  place: Place,
  write: (indent: string) => string[],
): TextEdit[] {
  const { text } = source;
  const lineEnd = lineEndOf(text);
  if (isInline(source, parent)) {
    const at = inlinePlace(parent, place);
    return [{ start: at, end: at, text: write(lineIndent(text, parent.start)).join("") }];
  }
  const indent = childIndent(source, parent);
  const outer = lineIndent(text, parent.start);
  const written = write(indent);
  const lines = written.map((one) => lineEnd + indent + one).join("");
  if (parent.form === "empty") {
    const end = `${lineEnd}${outer}</${parent.name}>`;
    return [{ start: blankStart(text, parent.end - 2), end: parent.end, text: `>${lines}${end}` }];
  }
  if (parent.form === "closed" && text.slice(parent.openEnd, parent.closeStart).trim() === "") {
    return [{ start: parent.openEnd, end: parent.closeStart, text: `${lines}${lineEnd}${outer}` }];
  }
  if (typeof place === "object" && "before" in place && ownIndent(text, place.before.start) !== null) {
    const at = place.before.start;
    return [{ start: at, end: at, text: written.map((one) => one + lineEnd + indent).join("") }];
  }
  const at = withRemarks(text, parent.children, blockPlace(text, parent, place));
  // An end tag that follows at once gets a line of its own.
  const closes = at === parent.closeStart && parent.form === "closed";
  return [{ start: at, end: at, text: closes ? `${lines}${lineEnd}${outer}` : lines }];
}

function inlinePlace(parent: XmlElement, place: Place): number {
  if (place === "first") return parent.openEnd;
  if (place === "last") return parent.children.findLast((node) => node.kind !== "text")?.end ?? parent.openEnd;
  return "before" in place ? place.before.start : place.after.end;
}

/** Behind which offset a new line begins. */
function blockPlace(text: string, parent: XmlElement, place: Place): number {
  if (place === "first") return parent.openEnd;
  if (typeof place === "object") return "after" in place ? place.after.end : place.before.start;
  const isBlank = (node: XmlNode) => node.kind === "text" && text.slice(node.start, node.end).trim() === "";
  const last = parent.children.findLast((node) => !isBlank(node));
  if (last === undefined) return parent.openEnd;
  if (last.kind !== "text") return last.end;
  return last.start + text.slice(last.start, last.end).trimEnd().length;
}
