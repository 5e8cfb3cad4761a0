import type { Value } from "./value.ts";

/** Writes a description in TOML: single values first, as a table takes in all that follows its head. */
export function writeToml(root: Value, comments: readonly string[]): string {
  const head = comments.map(commentLines);
  const body =
    root.kind === "map" ? table(["image"], root.entries, "[image]", root.comments) : [`image = ${plain(root)}`];
  return `${[...head, ...body].join("\n")}\n`;
}

function table(
  path: readonly string[],
  entries: ReadonlyMap<string, Value>,
  head: string,
  comments: readonly string[],
) {
  const lines = [...comments.map(commentLines), head];
  const below: string[] = [];
  for (const [name, value] of entries) {
    const inner = [...path, name];
    const dotted = inner.map(keyOf).join(".");
    if (value.kind === "map") below.push("", ...table(inner, value.entries, `[${dotted}]`, value.comments));
    else if (value.kind === "list" && value.items.some(({ kind }) => kind === "map")) {
      for (const item of value.items) below.push("", ...table(inner, entriesOf(item), `[[${dotted}]]`, item.comments));
    } else {
      const all = value.kind === "list" ? value.items.flatMap((item) => item.comments) : [];
      lines.push(...[...value.comments, ...all].map(commentLines), `${keyOf(name)} = ${plain(value)}`);
    }
  }
  return [...lines, ...below];
}

/** A table with its head, or the first of a list of tables. */
export function tomlTable(path: readonly string[], value: Value): string {
  const item = value.kind === "list" ? value.items[0] : value;
  const dotted = path.map(keyOf).join(".");
  const head = value.kind === "list" ? `[[${dotted}]]` : `[${dotted}]`;
  return table(path, item === undefined ? new Map() : entriesOf(item), head, []).join("\n");
}

/** A single value as a line of its table; what holds others is a table of its own, below. */
export function tomlEntry(name: string, value: Value): string {
  return `${keyOf(name)} = ${plain(value)}`;
}

/** All items of a list are tables where one is: a single text is the text of its table. */
function entriesOf(item: Value): ReadonlyMap<string, Value> {
  if (item.kind === "map") return item.entries;
  return item.kind === "scalar" && item.text !== null ? new Map([["#text", item]]) : new Map();
}

function plain(value: Value): string {
  if (value.kind === "scalar") return text(value.text ?? "");
  return value.kind === "list" ? `[${value.items.map(plain).join(", ")}]` : "{}";
}

function keyOf(name: string): string {
  return /^[A-Za-z0-9_-]+$/.test(name) ? name : text(name);
}

function text(value: string): string {
  return JSON.stringify(value).replace(/\u007f/g, "\\u007F");
}

function commentLines(comment: string): string {
  return comment.replace(/^/gm, "# ").replace(/ +$/gm, "");
}
