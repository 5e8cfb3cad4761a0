import { type AST, ParseError, parseTOML } from "toml-eslint-parser";
import { type Data, type DataDocument, type DataEntry, type DataFault, type DataMap, type DataScalar } from "./data.ts";
import { blankLines } from "./open-quotes.ts";
import { pythonFloat } from "./python-value.ts";

/** How many faulty lines are passed over before the rest of a text is given up. */
const maxFaults = 30;

/**
 * Reads TOML. The parser stops at the first fault: then the line that holds it is passed over and the rest is read
 * again, so that one unfinished line costs nothing but itself.
 */
export function readToml(text: string): DataDocument {
  const faults: DataFault[] = [];
  let readable = text;
  while (faults.length < maxFaults) {
    try {
      const program = parseTOML(readable, { tomlVersion: "1.0" });
      return { top: mapOf(program.body[0], faults), faults };
    } catch (error) {
      if (error instanceof RangeError) {
        faults.push({ code: "too-much", message: "This is nested too deeply.", start: 0, end: 1 });
        break;
      }
      if (!(error instanceof ParseError)) throw error;
      const line = lineAt(readable, error.index);
      if (line === null) break;
      const start = Math.min(Math.max(error.index, line.start), line.end - 1);
      const message = `${error.message.replace(/\.$/, "")}.`;
      faults.push({ code: "toml-fault", message, start, end: Math.max(start + 1, line.end) });
      readable = blankLines(readable, [line]);
    }
  }
  return { top: null, faults };
}

/** The line that holds the offset, or the last before it that is not empty. */
function lineAt(text: string, offset: number): { start: number; end: number } | null {
  const upTo = text.slice(0, offset + 1).trimEnd();
  const before = upTo.length - 1;
  if (before < 0) return null;
  // An error at the line's end, or in the blanks after it, belongs to that line.
  const own = text.lastIndexOf("\n", Math.max(0, offset - 1)) + 1;
  const ownEnd = endOfLine(text, own);
  if (text.slice(own, ownEnd).trim() !== "") return { start: own, end: ownEnd };
  const start = text.lastIndexOf("\n", before) + 1;
  return { start, end: endOfLine(text, start) };
}

function endOfLine(text: string, at: number): number {
  const found = text.indexOf("\n", at);
  return found < 0 ? text.length : found;
}

function mapOf(top: AST.TOMLTopLevelTable, faults: DataFault[]): DataMap {
  const root = emptyMap(0, top.range[1]);
  for (const node of top.body) {
    if (node.type === "TOMLKeyValue") addValue(root, node);
    else {
      const table = tableOf(root, node, faults);
      for (const entry of node.body) addValue(table, entry);
    }
  }
  return root;
}

function emptyMap(start: number, end: number): DataMap {
  return { kind: "map", start, end, entries: [] };
}

/** The mapping that a table's head opens; one in double brackets is a new item of its list. */
function tableOf(root: DataMap, { key, kind, range }: AST.TOMLTable, faults: DataFault[]): DataMap {
  const last = key.keys.at(-1);
  const parent = descend(root, key.keys.slice(0, -1), range);
  if (last === undefined) return parent;
  if (kind === "standard") return descend(parent, [last], range);
  const table = emptyMap(range[0], range[1]);
  const known = entryOf(parent, nameOf(last));
  if (known?.value.kind === "list") {
    known.value.items.push(table);
    known.value.end = range[1];
  } else {
    if (known !== undefined) {
      const message = `"${nameOf(last)}" is a single table already; write its first head in double brackets as well.`;
      faults.push({ code: "toml-fault", message, start: key.range[0], end: key.range[1] });
    }
    const list = { kind: "list" as const, start: range[0], end: range[1], items: [table] };
    parent.entries.push({ key: keyScalar(last), value: list });
  }
  return table;
}

function addValue(table: DataMap, { key, value }: AST.TOMLKeyValue): void {
  const last = key.keys.at(-1);
  const parent = descend(table, key.keys.slice(0, -1), key.range);
  if (last !== undefined) parent.entries.push({ key: keyScalar(last), value: valueOf(value) });
}

/** Follows keys with dots; where they meet a list, its last item is meant. */
function descend(from: DataMap, keys: readonly Key[], range: AST.Range): DataMap {
  let map = from;
  for (const key of keys) {
    map.end = Math.max(map.end, range[1]);
    const known = entryOf(map, nameOf(key))?.value;
    const inner = known?.kind === "list" ? known.items.at(-1) : known;
    if (inner?.kind === "map") map = inner;
    else {
      const created = emptyMap(range[0], range[1]);
      map.entries.push({ key: keyScalar(key), value: created });
      map = created;
    }
  }
  map.end = Math.max(map.end, range[1]);
  return map;
}

type Key = AST.TOMLBare | AST.TOMLQuoted;

function entryOf(map: DataMap, name: string): DataEntry | undefined {
  return map.entries.find(({ key }) => key.value === name);
}

function nameOf(key: Key): string {
  return key.type === "TOMLBare" ? key.name : key.value;
}

function keyScalar(key: Key): DataScalar {
  return scalar("string", nameOf(key), key.range, key.type === "TOMLBare" ? 0 : 1);
}

function scalar(type: DataScalar["type"], value: string, [start, end]: AST.Range, edge: number): DataScalar {
  return { kind: "scalar", type, value, start, end, innerStart: start + edge, innerEnd: Math.max(end - edge, start) };
}

function valueOf(node: AST.TOMLContentNode): Data {
  const { range } = node;
  switch (node.type) {
    case "TOMLArray":
      return { kind: "list", start: range[0], end: range[1], items: node.elements.map(valueOf) };
    case "TOMLInlineTable": {
      const map = emptyMap(range[0], range[1]);
      for (const entry of node.body) addValue(map, entry);
      return map;
    }
    case "TOMLValue":
      return scalarOf(node);
  }
}

function scalarOf(node: AST.TOMLValue): DataScalar {
  switch (node.kind) {
    case "string":
      return scalar("string", node.value, node.range, node.multiline ? 3 : 1);
    case "boolean":
      return scalar("boolean", String(node.value), node.range, 0);
    case "integer":
      return scalar("number", String(node.bigint), node.range, 0);
    case "float":
      return scalar("number", pythonFloat(node.value), node.range, 0);
    default:
      return scalar("date", dateText(node.datetime), node.range, 0);
  }
}

/** A date as Python prints it: a blank between day and time, `+00:00` for `Z`, microseconds. */
function dateText(written: string): string {
  const text = written.toUpperCase().replace("T", " ").replace(/Z$/, "+00:00");
  return text.replace(/\.(\d+)/, (_, digits: string) => {
    const micro = digits.slice(0, 6).padEnd(6, "0");
    return micro === "000000" ? "" : `.${micro}`;
  });
}
