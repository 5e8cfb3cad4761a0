import type { DataTree } from "#lib/kiwi/formats/tree.ts";
import { elementAt, type XmlAttribute, type XmlElement, type XmlNode } from "#lib/xml/tree.ts";
import type { SourceDocument } from "./source-document.ts";

/** What an offset of a text points at, with the range that something written there would replace. */
export type Cursor = { start: number; end: number } & (
  | { kind: "element-name"; parent: XmlElement | null; element: XmlElement | null }
  | { kind: "content"; parent: XmlElement | null }
  | { kind: "attribute-name"; element: XmlElement; attribute: XmlAttribute | null }
  | { kind: "attribute-value"; element: XmlElement; attribute: XmlAttribute; quoted: boolean }
  | { kind: "end-tag"; element: XmlElement | null }
  | { kind: "nothing" }
);

/** Finds out what stands at an offset; works in texts that are not well-formed as well. */
export function cursorAt(document: SourceDocument, offset: number): Cursor {
  if (document.data !== undefined) return inData(document.data, offset);
  const endTag = /<\/[\w.:-]*$/.exec(document.text.slice(Math.max(0, offset - 100), offset));
  if (endTag !== null) {
    const start = offset - endTag[0].length;
    return { kind: "end-tag", element: elementAt(document, start), start, end: endTagEnd(document.text, offset) };
  }
  const element = elementAt(document, offset);
  if (element !== null && offset <= element.nameEnd) {
    return { kind: "element-name", parent: element.parent, element, start: element.nameStart, end: element.nameEnd };
  }
  if (element !== null && isInStartTag(element, offset)) return inStartTag(document.text, element, offset);
  return inContent(document, element, offset);
}

/** In a text that is not XML each key and value has its place. */
function inData({ places }: DataTree, offset: number): Cursor {
  const place = places.find(({ start, end }) => start <= offset && offset <= end);
  if (place === undefined) return { kind: "nothing", start: offset, end: offset };
  const { kind, element, attribute, start, end } = place;
  if (kind === "element-name") return { kind, parent: element.parent, element, start, end };
  if (attribute === null) return { kind: "content", parent: element, start, end };
  return kind === "attribute-name"
    ? { kind, element, attribute, start, end }
    : { kind: "attribute-value", element, attribute, start, end, quoted: start < attribute.valueStart };
}

/** Where the end tag ends whose name the offset stands in. */
function endTagEnd(text: string, offset: number): number {
  const rest = /^[\w.:-]*\s*>?/.exec(text.slice(offset, offset + 100))?.[0] ?? "";
  return offset + (rest.endsWith(">") ? rest.length : rest.trimEnd().length);
}

function isInStartTag(element: XmlElement, offset: number): boolean {
  return element.form === "broken" ? offset <= element.openEnd : offset < element.openEnd;
}

function inStartTag(text: string, element: XmlElement, offset: number): Cursor {
  const attribute = element.attributes.find((one) => one.start <= offset && offset <= one.end);
  if (attribute !== undefined && offset <= attribute.nameEnd) {
    return { kind: "attribute-name", element, attribute, start: attribute.start, end: attribute.nameEnd };
  }
  if (attribute !== undefined && offset >= attribute.valueStart && offset <= attribute.valueEnd) {
    const quoted = /["']/.test(text[attribute.valueStart - 1] ?? "");
    return {
      kind: "attribute-value",
      element,
      attribute,
      quoted,
      start: attribute.valueStart,
      end: attribute.valueEnd,
    };
  }
  const afterBlank = /\s/.test(text[offset - 1] ?? "");
  if (attribute !== undefined || !afterBlank) return { kind: "nothing", start: offset, end: offset };
  return { kind: "attribute-name", element, attribute: null, start: offset, end: offset };
}

function inContent(document: SourceDocument, parent: XmlElement | null, offset: number): Cursor {
  const siblings: readonly XmlNode[] = parent?.children ?? document.children;
  const node = siblings.find((one) => one.start < offset && offset < one.end);
  if (node !== undefined && node.kind !== "text" && node.kind !== "element") {
    return { kind: "nothing", start: offset, end: offset };
  }
  if (document.text[offset - 1] === "<") {
    return { kind: "element-name", parent, element: null, start: offset, end: offset };
  }
  let start = offset;
  while (start > 0 && offset - start < 100 && /[\w.:-]/.test(document.text[start - 1] as string)) start--;
  return { kind: "content", parent, start, end: offset };
}
