import { parseDocument } from "yaml";
import { changeBetween } from "#lib/xml/edit/change-between.ts";
import type { TextEdit } from "#lib/xml/edit/text-edit.ts";
import type { DataLayout } from "./index.ts";

/** Lays YAML out: what the writer of the library makes of it, with quotes, comments and flow as they are. */
export function layOutYaml(text: string, { indent, lineEnd }: DataLayout): TextEdit[] | null {
  const document = parseDocument(text, { uniqueKeys: false, logLevel: "error" });
  if (document.errors.length > 0) return null;
  const width = indent.startsWith(" ") ? Math.min(Math.max(indent.length, 2), 8) : 2;
  const written = document.toString({
    indent: width,
    lineWidth: 0,
    flowCollectionPadding: /[{[] /.test(text),
    indentSeq: indentsLists(text),
  });
  return lineByLine(text, written.replaceAll("\n", lineEnd));
}

/** Whether the first list below a key stands further in than the key. */
function indentsLists(text: string): boolean {
  const found = /^([ \t]*)\S[^\n]*:[ \t]*\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*([ \t]*)-\s/m.exec(text);
  return found === null || (found[1] ?? "").length < (found[2] ?? "").length;
}

/**
 * Where the lines are the same but for their blanks, only those change, so that a selection can be laid out alone; empty
 * lines stay where they are.
 */
function lineByLine(text: string, wanted: string): TextEdit[] {
  const [old, now] = [text.split("\n"), wanted.split("\n").filter(saysSomething)];
  const said = old.filter(saysSomething);
  if (said.length !== now.length || said.some((line, i) => bare(line) !== bare(now[i] as string))) {
    return [changeBetween(text, wanted)];
  }
  const edits: TextEdit[] = [];
  let [start, next] = [0, 0];
  for (const line of old) {
    const own = saysSomething(line) ? (now[next++] as string) : line.endsWith("\r") ? "\r" : "";
    if (line !== own) edits.push({ start, end: start + line.length, text: own });
    start += line.length + 1;
  }
  return edits;
}

const saysSomething = (line: string) => line.trim() !== "";
const bare = (line: string) => line.replace(/\s+/g, "");
