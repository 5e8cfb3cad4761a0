import type { Data, DataEntry, DataScalar } from "./data.ts";
import type { DataFormat } from "./read.ts";

/** Something that KIWI reads in another way than most people who write it expect. */
export interface Trap {
  code: TrapCode;
  severity: "warning" | "info";
  message: string;
  start: number;
  end: number;
  /** Ways out, the best first. */
  ways: { title: string; start: number; end: number; text: string }[];
}

export type TrapCode =
  | "number-rewritten"
  | "word-as-boolean"
  | "boolean-attribute"
  | "null-attribute"
  | "text-not-quoted"
  | "list-as-text"
  | "duplicate-key"
  | "yaml-anchor";

/** More than these nobody reads. */
const maxTraps = 200;

/** Looks for traps in a text that could be read. `lost` are the entries that another one with their key replaces. */
export function findTraps(
  text: string,
  format: DataFormat,
  top: Data | null,
  lost: readonly { entry: DataEntry; by: DataScalar }[],
): Trap[] {
  const traps = new Map<number, Trap>();
  const add = (trap: Trap | null) => {
    // What aliases bring stands in the place of the alias, many times perhaps: it was seen where it is written.
    if (trap !== null && traps.size < maxTraps && !/^[*]/.test(text.slice(trap.start))) traps.set(trap.start, trap);
  };
  const pending: { data: Data; key: DataScalar | null }[] = top === null ? [] : [{ data: top, key: null }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { data, key } = next;
    if (data.kind === "scalar") add(scalarTrap(text, data, key));
    else if (/^(?:@|#text$)/.test(key?.value ?? "")) add(listAsText(data, key));
    else if (data.kind === "map") {
      pending.push(...data.entries.map((entry) => ({ data: entry.value, key: entry.key })));
    } else {
      for (const item of data.items) {
        if (item.kind === "list") add(listAsText(item, key));
        else pending.push({ data: item, key });
      }
    }
  }
  for (const { entry, by } of lost) add(duplicateKey(text, entry, by));
  if (format === "yaml") for (const trap of anchors(text)) add(trap);
  return [...traps.values()].sort((a, b) => a.start - b.start);
}

function scalarTrap(text: string, scalar: DataScalar, key: DataScalar | null): Trap | null {
  const { start, end, type, value } = scalar;
  const source = text.slice(start, end);
  const isAttribute = key?.value.startsWith("@") ?? false;
  const quote = (inner: string, title = `Write "${inner}"`) => ({ title, start, end, text: JSON.stringify(inner) });
  const trap = (code: TrapCode, message: string, ...ways: Trap["ways"]): Trap => {
    return { code, severity: "warning", message, start, end, ways };
  };
  if (type === "null" && isAttribute && key !== null) {
    const isWritten = end > start;
    const way = isWritten ? quote("", 'Write ""') : { title: 'Write ""', start: end, end, text: ' ""' };
    const place = isWritten ? { start, end } : { start: key.start, end: key.end };
    const message = `"${key.value}" has no value: KIWI writes an empty one, and the readers of older distributions write None.`;
    return { code: "null-attribute", severity: "warning", message, ...place, ways: [way] };
  }
  if (type === "string" || type === "null" || end <= start) return null;
  if (type === "boolean" && source !== "true" && source !== "false") {
    const message = `KIWI reads ${source} as the boolean ${value}: write "${value}" or "${source}" in quotes.`;
    return trap("word-as-boolean", message, quote(value), quote(source));
  }
  if (type === "boolean" && isAttribute) {
    const message = `Write "${value}" in quotes: the readers of older distributions make ${value === "true" ? "True" : "False"} of this, which the schema refuses.`;
    return trap("boolean-attribute", message, quote(value));
  }
  if (type !== "boolean" && source !== value) {
    const octal = /^[-+]?0[0-7_]+$/.test(source) ? ", as the zero in front makes it octal" : "";
    const message = `KIWI reads ${source} as ${value}${octal}: write it in quotes.`;
    return trap("number-rewritten", message, quote(source), quote(value));
  }
  if (key?.value === "#text") {
    const message = 'Write the "#text" in quotes: the readers of older distributions fail with anything else.';
    return trap("text-not-quoted", message, quote(value));
  }
  return null;
}

function listAsText({ start, end, kind }: Data, key: DataScalar | null): Trap {
  const what = kind === "list" ? "list" : "mapping";
  const message = `${key === null ? "This" : `"${key.value}"`} takes one value: KIWI writes down this ${what} as Python spells it.`;
  return { code: "list-as-text", severity: "warning", message, start, end: Math.max(end, start + 1), ways: [] };
}

function duplicateKey(text: string, { key, value }: DataEntry, by: DataScalar): Trap {
  const line = text.slice(0, by.start).split("\n").length;
  const message = `This "${key.value}" is lost: the same key follows in line ${line}, and KIWI takes the last. Several of them are written as a list.`;
  const range = wholeLines(text, key.start, Math.max(value.end, key.end));
  const ways = range === null ? [] : [{ title: `Remove this "${key.value}"`, ...range, text: "" }];
  return { code: "duplicate-key", severity: "warning", message, start: key.start, end: key.end, ways };
}

/** The lines that a range fills; null where something else stands in them. */
export function wholeLines(text: string, start: number, end: number): { start: number; end: number } | null {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const found = text.indexOf("\n", end);
  const to = found < 0 ? text.length : found + 1;
  const alone = text.slice(from, start).trim() === "" && /^\s*,?\s*(?:#.*)?$/.test(text.slice(end, to));
  return alone ? { start: from, end: to } : null;
}

/** Anchors at the head of a value. */
function anchors(text: string): Trap[] {
  const message =
    "Anchors are KIWI's to read, but not to keep: what it and this Workbench write in other formats spells them out.";
  return [...text.matchAll(/(?<=^[^#"'\n]*(?:[:-] |\[|, ?))&[\w-]+/gm)]
    .slice(0, maxTraps)
    .map(({ index, 0: anchor }) => {
      return { code: "yaml-anchor", severity: "info", message, start: index, end: index + anchor.length, ways: [] };
    });
}
