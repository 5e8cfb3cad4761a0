import { isAscii } from "node:buffer";
import { closeSync, openSync, readSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import type { LogQuery } from "#lib/contracts/log.ts";
import { stripAnsi } from "#lib/kiwi/log/ansi.ts";
import { patternOf, type SearchAnswer, type SearchReady, type SearchTask, staysInLine } from "./search-task.ts";

/**
 * Looks for one thing in one log, piece by piece, in a thread of its own: an expression that never comes to an end is
 * ended with the thread, and holds nobody up.
 */

/** Of a gigantic line this much is looked through. */
const MOST = 16 * 1024 * 1024;

const { path, query } = workerData as { path: string; query: LogQuery };
const pattern = patternOf(query);
const inLine = !query.regex || staysInLine(query.text);
const file = openSync(path, "r");
let buffer = Buffer.allocUnsafe(2 * 1024 * 1024);

const port = parentPort;
port?.on("message", (task: SearchTask) => {
  const answer: SearchAnswer =
    task.kind === "piece"
      ? { kind: "piece", lines: searchPiece(task) }
      : { kind: "marks", marks: task.texts.map(marksIn) };
  port.postMessage(answer);
});
port?.on("close", () => closeSync(file));
port?.postMessage({ kind: "ready" } satisfies SearchReady);

/** The lines of a piece, by index, that hold what is looked for. A piece is whole lines. */
function searchPiece({ offset, end, line }: Extract<SearchTask, { kind: "piece" }>): number[] {
  const length = Math.min(end - offset, MOST);
  if (buffer.length < length) buffer = Buffer.allocUnsafe(length);
  const read = readSync(file, buffer, 0, length, offset);
  const bytes = buffer.subarray(0, read > 0 && buffer[read - 1] === 10 ? read - 1 : read);
  const decoded = isAscii(bytes) ? bytes.toString("latin1") : bytes.toString("utf8");
  const text = withoutCodes(decoded);
  return inLine ? searchText(text, line) : searchLines(text, line);
}

/** Only the lines with codes for a terminal are looked at: making a text of each line takes longer than the search. */
function withoutCodes(text: string): string {
  let plain = "";
  let taken = 0;
  for (let code = text.indexOf("\x1b"); code >= 0; code = text.indexOf("\x1b", taken)) {
    const start = text.lastIndexOf("\n", code) + 1;
    const feed = text.indexOf("\n", code);
    const end = feed < 0 ? text.length : feed;
    plain += text.slice(taken, start) + stripAnsi(text.slice(start, end));
    taken = end;
  }
  return taken === 0 ? text : plain + text.slice(taken);
}

function searchText(text: string, first: number): number[] {
  const found: number[] = [];
  let line = first;
  pattern.lastIndex = 0;
  for (let at = 0; at <= text.length; ) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) break;
    for (let feed = text.indexOf("\n", at); feed >= 0 && feed < match.index; feed = text.indexOf("\n", at)) {
      line++;
      at = feed + 1;
    }
    found.push(line++);
    const feed = text.indexOf("\n", match.index);
    if (feed < 0) break;
    at = feed + 1;
  }
  return found;
}

/** For expressions that might reach over the end of a line. */
function searchLines(text: string, first: number): number[] {
  const found: number[] = [];
  for (const [number, line] of text.split("\n").entries()) {
    pattern.lastIndex = 0;
    if (pattern.test(line)) found.push(first + number);
  }
  return found;
}

/** Where in a shown message the pattern applies; the line's header is looked at as well, but not marked. */
function marksIn({ header, text }: { header: string; text: string }): [number, number][] {
  const marks: [number, number][] = [];
  pattern.lastIndex = 0;
  for (const match of (header + text).matchAll(pattern)) {
    const [from, to] = [match.index - header.length, match.index + match[0].length - header.length];
    if (to > Math.max(0, from)) marks.push([Math.max(0, from), to]);
    if (marks.length >= 200) break;
  }
  return marks;
}
