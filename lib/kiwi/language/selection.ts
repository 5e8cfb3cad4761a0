import { elementAt, type XmlElement, type XmlNode } from "#lib/xml/tree.ts";
import type { TextRange } from "./contract.ts";
import type { SourceDocument } from "./source-document.ts";

/** What holds an offset, the smallest first: entry of a list, value, attribute, tag, content, element, and so on outwards. */
export function selectionRanges(document: SourceDocument, offset: number): TextRange[] {
  const ranges: TextRange[] = [];
  const add = (start: number, end: number) => {
    const inner = ranges.at(-1);
    const grows =
      inner === undefined || (start <= inner.start && end >= inner.end && end - start > inner.end - inner.start);
    if (start < end && start <= offset && offset <= end && grows) ranges.push({ start, end });
  };
  const innermost = elementAround(document, offset);
  addLeaf(document, innermost?.children ?? document.children, offset, add);
  for (let element = innermost; element !== null; element = element.parent) {
    addAttribute(document.text, element, offset, add);
    add(element.nameStart, element.nameEnd);
    add(element.start, element.openEnd);
    const content = document.text.slice(element.openEnd, element.closeStart);
    const inner = element.openEnd + content.length - content.trimStart().length;
    add(inner, element.openEnd + content.trimEnd().length);
    add(element.openEnd, element.closeStart);
    add(element.closeStart, element.end);
    add(element.start, element.end);
  }
  add(0, document.text.length);
  return ranges;
}

/** The innermost element that the offset stands in or at the border of. */
function elementAround(document: SourceDocument, offset: number): XmlElement | null {
  const inside = elementAt(document, offset);
  const siblings: readonly XmlNode[] = inside?.children ?? document.children;
  const atBorder = siblings.find(
    (node): node is XmlElement => node.kind === "element" && (node.start === offset || node.end === offset),
  );
  return atBorder ?? inside;
}

type Add = (start: number, end: number) => void;

function addLeaf({ text }: SourceDocument, nodes: readonly XmlNode[], offset: number, add: Add): void {
  const node = nodes.find(({ kind, start, end }) => kind !== "element" && start <= offset && offset <= end);
  if (node === undefined) return;
  addWord(text, node.start, node.end, offset, /\s/, add);
  const slice = text.slice(node.start, node.end);
  add(node.start + slice.length - slice.trimStart().length, node.start + slice.trimEnd().length);
  if (node.kind !== "text") add(node.start, node.end);
}

function addAttribute(text: string, element: XmlElement, offset: number, add: Add): void {
  const attribute = element.attributes.find(({ start, end }) => start <= offset && offset <= end);
  if (attribute === undefined) return;
  add(attribute.start, attribute.nameEnd);
  if (attribute.valueStart <= offset && offset <= attribute.valueEnd) {
    addWord(text, attribute.valueStart, attribute.valueEnd, offset, /[\s,]/, add);
    add(attribute.valueStart, attribute.valueEnd);
  }
  add(attribute.start, attribute.end);
}

/** The run of characters around an offset that holds no separator. */
function addWord(text: string, from: number, to: number, offset: number, separator: RegExp, add: Add): void {
  let [start, end] = [offset, offset];
  while (start > from && !separator.test(text[start - 1] as string)) start--;
  while (end < to && !separator.test(text[end] as string)) end++;
  add(start, end);
}
