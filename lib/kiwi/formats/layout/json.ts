import type { TextEdit } from "#lib/xml/edit/text-edit.ts";
import type { DataLayout } from "./index.ts";

/** Strings, comments, brackets, and everything else up to the next blank. */
const token = /"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*'|\/\/[^\n\r]*|\/\*[^]*?\*\/|[{}[\],:]|[^\s{}[\],:"'/]+/g;

/** A collection that is open: whether it stays in its line. */
interface Open {
  isInline: boolean;
}

/** Lays JSON and JSON5 out: an entry a line, except in what was written in one line, which stays there. */
export function layOutJson(text: string, { indent, lineEnd }: DataLayout): TextEdit[] {
  const edits: TextEdit[] = [];
  const open: Open[] = [];
  const tokens = [...text.matchAll(token)];
  let last = text.startsWith("\uFEFF") ? 1 : 0;
  let before = "";
  for (const [index, match] of tokens.entries()) {
    const [written] = match;
    const gap = text.slice(last, match.index);
    const inside = open.at(-1);
    const isClosing = written === "}" || written === "]";
    if (isClosing) open.pop();
    const line = (/\n[ \t\r]*\n/.test(gap) && !isClosing && !isOpening(before) ? lineEnd : "") + lineEnd;
    const ownLine = line + indent.repeat(open.length);
    put(last, match.index, gapBefore(written, gap, inside, ownLine));
    if (isOpening(written)) open.push({ isInline: isInline(text, tokens, index) });
    last = match.index + written.length;
    before = written;
  }
  put(last, text.length, lineEnd);
  return edits;

  function put(start: number, end: number, wanted: string): void {
    if (text.slice(start, end) !== wanted) edits.push({ start, end, text: wanted });
  }

  function gapBefore(written: string, gap: string, inside: Open | undefined, ownLine: string): string {
    if (before === "") return "";
    // A comment at the end of a line takes all of it.
    if (before.startsWith("//")) return ownLine;
    if (isComment(written)) return /\n/.test(gap) ? ownLine : " ";
    if (written === "," || written === ":") return "";
    if (before === ":") return " ";
    if (inside === undefined) return ownLine;
    const isClosing = written === "}" || written === "]";
    if (isOpening(before) && isClosing) return "";
    if (!inside.isInline) return ownLine;
    return before === "," || gap !== "" ? " " : "";
  }
}

const isOpening = (written: string) => written === "{" || written === "[";
const isComment = (written: string) => written.startsWith("//") || written.startsWith("/*");

/** Whether a collection begins and ends in one line. */
function isInline(text: string, tokens: readonly RegExpExecArray[], index: number): boolean {
  let depth = 0;
  for (const { 0: written, index: at } of tokens.slice(index)) {
    if (isOpening(written)) depth++;
    else if (written === "}" || written === "]") depth--;
    if (depth === 0) return !text.slice(tokens[index]?.index, at).includes("\n");
  }
  return false;
}
