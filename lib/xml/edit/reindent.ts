import type { XmlElement, XmlNode } from "../tree.ts";
import { ownIndent } from "./layout.ts";

/**
 * The starts of an element's lines, the first one's excluded, that may be indented anew without changing data: those
 * inside attribute values, CDATA sections, comments and text stay where they are.
 */
export function shiftable(text: string, element: XmlElement): number[] {
  const fixed = fixedRanges(text, element);
  const starts: number[] = [];
  let next = 0;
  for (const match of text.slice(element.start, element.end).matchAll(/\r\n|\n|\r/g)) {
    const at = element.start + match.index + match[0].length;
    while (next < fixed.length && (fixed[next]?.end ?? 0) < at) next++;
    const range = fixed[next];
    if (range === undefined || at <= range.start) starts.push(at);
  }
  return starts;
}

/** The element's text with its lines indented for a new place, as far as that changes no data. */
export function reindented(text: string, element: XmlElement, indent: string): string {
  const old = ownIndent(text, element.start) ?? "";
  let result = "";
  let done = element.start;
  for (const at of shiftable(text, element)) {
    if (!text.startsWith(old, at)) continue;
    result += text.slice(done, at) + indent;
    done = at + old.length;
  }
  return result + text.slice(done, element.end);
}

/** Ranges of data, in the order of the text. */
function fixedRanges(text: string, element: XmlElement): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  const pending: XmlNode[] = [element];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === "element") {
      ranges.push(...node.attributes.map(({ valueStart, valueEnd }) => ({ start: valueStart, end: valueEnd })));
      for (let i = node.children.length - 1; i >= 0; i--) pending.push(node.children[i] as XmlNode);
    } else if (node.kind !== "text") ranges.push({ start: node.start, end: node.end });
    else if (text.slice(node.start, node.end).trim() !== "") ranges.push({ start: node.start, end: node.end });
  }
  return ranges;
}
