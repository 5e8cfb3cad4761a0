import { layOutData } from "#lib/kiwi/formats/layout/index.ts";
import type { XmlElement, XmlNode } from "#lib/xml/tree.ts";
import type { FormatOptions, FormatResult, TextEdit } from "./contract.ts";
import { indentUnit, isLaidOut, lineEnd } from "./layout.ts";
import type { SourceDocument } from "./source-document.ts";

/**
 * Lays a file out: one element a line, indented by its depth. Nothing but blanks between nodes and inside of tags is
 * touched, and those only where they mean nothing: what holds text, CDATA or xml:space="preserve" stays as it is, and so
 * do the inner lines of comments, empty lines (one of several) and the order and lines of attributes.
 */
export function format(document: SourceDocument, options: FormatOptions): FormatResult {
  if (document.format === "ini") return { refusal: "INI files are not laid out." };
  const fault = document.errors[0];
  if (fault !== undefined) {
    const { line } = document.lines.position(fault.start);
    return { refusal: `The file is not well-formed, so it is not laid out. Line ${line}: ${fault.message}` };
  }
  const { range } = options;
  const within = (edits: TextEdit[]) => ({
    edits: range ? edits.filter(({ start, end }) => start <= range.end && end >= range.start) : edits,
  });
  if (document.format !== "xml") {
    const indent = dataIndent(document.text) ?? options.indent;
    const edits = layOutData(document.text, document.format, { indent, lineEnd: lineEnd(document.text) });
    return edits === null ? { refusal: "This cannot be laid out without changing what it says." } : within(edits);
  }
  const layout: Layout = {
    text: document.text,
    unit: indentUnit(document) ?? options.indent,
    newline: lineEnd(document.text),
    edits: [],
  };
  layOutNodes(layout, document.children, 0, { from: 0, to: document.text.length, isTop: true });
  return within(layout.edits.sort((a, b) => a.start - b.start));
}

/** What the first line that is indented is indented by; null where there is none. */
function dataIndent(text: string): string | null {
  return /^[ \t]+(?=[^\s#-])/m.exec(text)?.[0] ?? null;
}

interface Layout {
  text: string;
  unit: string;
  newline: string;
  edits: TextEdit[];
}

const indentOf = ({ unit }: Layout, depth: number) => unit.repeat(depth);

function put(layout: Layout, start: number, end: number, text: string): void {
  if (layout.text.slice(start, end) !== text) layout.edits.push({ start, end, text });
}

interface Place {
  from: number;
  to: number;
  /** The file's own top level: nothing stands around it. */
  isTop: boolean;
}

/** Lays out nodes that have nothing but blanks between them, each on a line of its own. */
function layOutNodes(layout: Layout, nodes: readonly XmlNode[], depth: number, { from, to, isTop }: Place): void {
  const { text, newline } = layout;
  const line = newline + indentOf(layout, depth);
  let last = from;
  let isFirst = true;
  for (const node of nodes) {
    if (node.kind === "text") {
      // A byte order mark is text to the tree; it stays where it is.
      if (isTop && text.charCodeAt(node.start) === 0xfeff) last = node.start + 1;
      continue;
    }
    const gap = text.slice(last, node.start);
    if (isFirst && isTop) put(layout, last, node.start, "");
    // A comment behind something speaks of that.
    else if (node.kind === "comment" && !/[\r\n]/.test(gap)) put(layout, last, node.start, " ");
    else put(layout, last, node.start, (hasEmptyLine(gap) && !isFirst ? newline : "") + line);
    if (node.kind === "element") layOutElement(layout, node, depth);
    last = node.end;
    isFirst = false;
  }
  put(layout, last, to, isTop ? newline : newline + indentOf(layout, depth - 1));
}

const hasEmptyLine = (gap: string) => /(?:\n|\r(?!\n))[ \t]*[\r\n]/.test(gap);

/** Needs a stack of calls only as deep as a well-formed description can be, which is 256 levels. */
function layOutElement(layout: Layout, element: XmlElement, depth: number): void {
  layOutStartTag(layout, element, depth);
  const { text } = layout;
  if (element.form === "closed") put(layout, ...blanksBefore(text, element.end - 1), "");
  if (!isLaidOut(text, element)) return;
  layOutNodes(layout, element.children, depth + 1, { from: element.openEnd, to: element.closeStart, isTop: false });
}

/** Puts one blank between attributes of a line, and indents the lines of a tag that has several. */
function layOutStartTag(layout: Layout, element: XmlElement, depth: number): void {
  const { text, newline } = layout;
  const own = indentOf(layout, depth);
  const aligned = areAligned(text, element) ? own + " ".repeat(element.nameEnd - element.start + 1) : undefined;
  const inner = aligned ?? own + layout.unit;
  let last = element.nameEnd;
  for (const { start, end, nameEnd, valueStart } of element.attributes) {
    put(layout, last, start, /[\r\n]/.test(text.slice(last, start)) ? newline + inner : " ");
    put(layout, nameEnd, valueStart - 1, "=");
    last = end;
  }
  const end = element.openEnd - (element.form === "empty" ? "/>".length : ">".length);
  const gap = text.slice(last, end);
  const blank = element.form === "empty" && gap !== "" ? " " : "";
  put(layout, last, end, /[\r\n]/.test(gap) ? newline + own : blank);
}

/** Whether the attributes of further lines stand below the first one. */
function areAligned(text: string, { start, nameEnd, attributes }: XmlElement): boolean {
  const first = attributes[0];
  if (first === undefined || /[\r\n]/.test(text.slice(nameEnd, first.start))) return false;
  const column = (offset: number) =>
    offset - 1 - Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1));
  const next = attributes.find(
    (one, index) => index > 0 && /[\r\n]/.test(text.slice(attributes[index - 1]?.end, one.start)),
  );
  return next !== undefined && first.start > start && column(next.start) === column(first.start);
}

function blanksBefore(text: string, offset: number): [start: number, end: number] {
  let start = offset;
  while (/[ \t\r\n]/.test(text[start - 1] ?? "")) start--;
  return [start, offset];
}
