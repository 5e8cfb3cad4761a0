import { type AST, parseTOML } from "toml-eslint-parser";
import type { TextEdit } from "#lib/xml/edit/text-edit.ts";
import type { DataLayout } from "./index.ts";

/** A head of a table, or a key with its value. */
interface Line {
  start: number;
  end: number;
}

/** Lays TOML out: heads and keys at the beginning of their lines, blanks around the sign between key and value. */
export function layOutToml(text: string, { lineEnd }: DataLayout): TextEdit[] {
  const edits: TextEdit[] = [];
  const put = (start: number, end: number, wanted: string) => {
    if (text.slice(start, end) !== wanted) edits.push({ start, end, text: wanted });
  };
  const lines: Line[] = [];
  const addKey = ({ key, value, range }: AST.TOMLKeyValue) => {
    put(key.range[1], value.range[0], " = ");
    lines.push({ start: range[0], end: value.range[1] });
  };
  for (const node of parseTOML(text, { tomlVersion: "1.0" }).body[0].body) {
    if (node.type === "TOMLKeyValue") addKey(node);
    else {
      lines.push({ start: node.range[0], end: text.indexOf("]", node.key.range[1]) + (node.kind === "array" ? 2 : 1) });
      for (const entry of node.body) addKey(entry);
    }
  }
  let last = 0;
  for (const { start, end } of lines) {
    put(last, start, between(text.slice(last, start), last === 0, false, lineEnd));
    last = end;
  }
  put(last, text.length, between(text.slice(last), last === 0, true, lineEnd));
  return edits;
}

/** What stands between two lines that say something: comments, and one empty line at most. */
function between(gap: string, isFirst: boolean, isLast: boolean, lineEnd: string): string {
  const lines = gap.split(/\r?\n/).map((line) => line.trim());
  const [behind = "", ...others] = lines;
  // The last one is the indentation of what follows.
  const own = isLast ? others : others.slice(0, -1);
  const kept = own.filter(
    (line, index) => line !== "" || (own[index - 1] ?? (isFirst && behind === "" ? "" : "-")) !== "",
  );
  while (isLast && kept.at(-1) === "") kept.pop();
  const head = isFirst ? behind : behind === "" ? "" : ` ${behind}`;
  const all = isFirst && head === "" ? kept : [head, ...kept];
  return isLast || all.length > 0 ? all.join(lineEnd) + lineEnd : "";
}
