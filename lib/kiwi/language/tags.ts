import { parseXml } from "#lib/xml/parse.ts";
import { elementAt, elementsOf, type XmlElement } from "#lib/xml/tree.ts";
import type { TextRange } from "./contract.ts";
import type { SourceDocument } from "./source-document.ts";

/** The names of an element's two tags, as ranges. */
type TagPair = [open: TextRange, close: TextRange];

/** The pair of tags in one of whose names an offset stands; null elsewhere, and where the two are not alike. */
export function tagPair(document: SourceDocument, offset: number): TagPair | null {
  if (document.format !== "xml") return null;
  const element = elementAt(document, offset);
  if (element?.form !== "closed") return null;
  const [open, close] = pairOf(document.text, element);
  const isInside = [open, close].some(({ start, end }) => start <= offset && offset <= end);
  return isInside && document.text.slice(close.start, close.end) === element.name ? [open, close] : null;
}

function pairOf(text: string, { nameStart, nameEnd, closeStart }: XmlElement): TagPair {
  const start = closeStart + "</".length;
  const length = /^[^\s>]*/.exec(text.slice(start, start + 1000))?.[0].length ?? 0;
  return [
    { start: nameStart, end: nameEnd },
    { start, end: start + length },
  ];
}

/**
 * What to write behind a just typed `>` or `</`, or null where nothing is missing: the end tag of the start tag that
 * was just finished, or the rest of the end tag of what is open.
 */
export function closingTag(document: SourceDocument, offset: number): string | null {
  if (document.format !== "xml") return null;
  const { text } = document;
  if (text[offset - 1] === ">") return afterStartTag(document, offset);
  return text.slice(offset - 2, offset) === "</" ? afterSlash(document, offset) : null;
}

function afterStartTag(document: SourceDocument, offset: number): string | null {
  for (const element of elementsOf(document.children)) {
    if (element.openEnd !== offset || element.form === "empty" || element.form === "broken") continue;
    return lacksEnd(element) ? `</${element.name}>` : null;
  }
  return null;
}

/** Where one end tag is missing, the tree may miss it further out: `<a><b></a>` or, with equal names, `<a><a></a>`. */
function lacksEnd(element: XmlElement): boolean {
  if (element.form === "unclosed") return true;
  for (let above = element.parent; above !== null; above = above.parent) {
    if (above.name === element.name && above.form === "unclosed") return true;
  }
  return false;
}

function afterSlash(document: SourceDocument, offset: number): string | null {
  const { text } = document;
  const start = offset - "</".length;
  const isNamed = /^[\w.:-]*\s*>/.test(text.slice(offset, offset + 1000));
  if (isNamed || isInOther(document, start)) return null;
  const before = parseXml(text.slice(0, start) + text.slice(offset));
  if (![...elementsOf(before.children)].some(({ form }) => form === "unclosed")) return null;
  // The parser may have taken the unfinished tag for the end of the innermost element.
  const closed = [...elementsOf(document.children)].find(
    (element) => element.closeStart === start && element.closeStart < element.end,
  );
  const open = closed ?? elementAt(document, start);
  return open === null ? null : `${open.name}>`;
}

/** Whether an offset lies in a comment, a CDATA section or the like. */
function isInOther(document: SourceDocument, offset: number): boolean {
  const nodes = elementAt(document, offset)?.children ?? document.children;
  return nodes.some(
    ({ kind, start, end }) =>
      kind !== "element" && kind !== "text" && kind !== "stray-end-tag" && start < offset && offset < end,
  );
}
