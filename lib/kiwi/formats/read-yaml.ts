import { isAlias, isMap, isScalar, isSeq, Lexer, type ParsedNode, parseDocument } from "yaml";
import {
  type Data,
  type DataDocument,
  type DataEntry,
  type DataFault,
  type DataScalar,
  dataLimits,
  TooMuch,
} from "./data.ts";
import { blankLines, linesWithOpenQuotes } from "./open-quotes.ts";
import { resolvePlain } from "./yaml-scalar.ts";

/**
 * Reads YAML as KIWI does, with PyYAML: version 1.1, tabs only inside quotes, later keys in the place of earlier ones.
 * A broken text gives what can be made out of it.
 */
export function readYaml(text: string): DataDocument {
  const first = readOnce(text);
  if (first.faults.length === 0) return first;
  // A quote that is not closed swallows the lines below: without its line they can be read.
  const open = linesWithOpenQuotes(text);
  if (open.length === 0) return first;
  const second = readOnce(blankLines(text, open));
  if (second.faults.length >= first.faults.length) return first;
  const message = "This quote is not closed in its line.";
  const faults = open.map(({ quote, end }) => ({ code: "yaml-open-quote", message, start: quote, end }));
  return { top: second.top, faults: [...faults, ...second.faults].sort((a, b) => a.start - b.start) };
}

function readOnce(text: string): DataDocument {
  try {
    const document = parseDocument<ParsedNode>(text, {
      version: "1.1",
      schema: "failsafe",
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: "error",
    });
    const faults: DataFault[] = document.errors.map(({ code, message, pos }) => ({
      code: `yaml-${code.toLowerCase().replaceAll("_", "-")}`,
      message: `${message.replace(/[.:]*$/, "")}.`,
      start: pos[0],
      end: Math.max(pos[1], pos[0] + 1),
    }));
    faults.push(...forbiddenCharacters(text), ...tabs(text), ...foreignVersion(text));
    const reader = new Reader(faults);
    const top = document.contents === null ? null : reader.data(document.contents, null, 0);
    faults.sort((a, b) => a.start - b.start);
    return { top, faults };
  } catch (error) {
    // The library reads nested collections by calling itself.
    const tooDeep = error instanceof RangeError ? { message: "This is nested too deeply.", at: 0 } : null;
    const limit = error instanceof TooMuch ? error : tooDeep;
    if (limit === null) throw error;
    return { top: null, faults: [{ code: "too-much", message: limit.message, start: limit.at, end: limit.at + 1 }] };
  }
}

/** A range that stands for all that is inside: that of the alias which brings it here. */
type Alias = { start: number; end: number } | null;

class Reader {
  readonly #faults: DataFault[];
  readonly #anchors = new Map<string, unknown>();
  /** Nodes that are being read, so that an alias inside its own anchor is noticed. */
  readonly #open = new Set<unknown>();
  #left = dataLimits.nodes;

  constructor(faults: DataFault[]) {
    this.#faults = faults;
  }

  data(node: unknown, alias: Alias, depth: number, at = 0): Data {
    if (isAlias(node)) return this.#alias(node, alias, depth);
    const { start, end } = alias ?? rangeOf(node, at);
    if (depth > dataLimits.depth) throw new TooMuch("This is nested too deeply.", start);
    if (this.#left-- <= 0) throw new TooMuch("This is too much to read: aliases multiply what they stand for.", start);
    if (alias === null) this.#anchor(node, start);
    this.#open.add(node);
    try {
      if (isMap(node)) return { kind: "map", start, end, entries: this.#entries(node.items, alias, depth) };
      if (isSeq(node)) {
        return { kind: "list", start, end, items: node.items.map((item) => this.data(item, alias, depth + 1, start)) };
      }
      return this.#scalar(node, start, end, alias);
    } finally {
      this.#open.delete(node);
    }
  }

  #alias(node: { source: string; range?: unknown }, outer: Alias, depth: number): Data {
    const range = rangeOf(node, 0);
    const target = this.#anchors.get(node.source);
    const place = outer ?? range;
    if (target === undefined) this.#fault("yaml-unknown-alias", `There is no anchor &${node.source} above.`, range);
    else if (this.#open.has(target)) {
      this.#fault("yaml-circular-alias", `*${node.source} stands inside of what it stands for.`, range);
    } else return this.data(target, place, depth + 1);
    return nothing(place.start, place.end);
  }

  #anchor(node: unknown, start: number): void {
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor === undefined) return;
    if (this.#anchors.has(anchor)) {
      this.#fault("yaml-duplicate-anchor", `The anchor &${anchor} is given twice.`, { start, end: start + 1 });
    }
    this.#anchors.set(anchor, node);
  }

  #entries(items: readonly { key: unknown; value: unknown }[], alias: Alias, depth: number): DataEntry[] {
    const own: DataEntry[] = [];
    const merged: DataEntry[] = [];
    for (const { key, value } of items) {
      const name = this.data(key, alias, depth + 1);
      const given = value === null || value === undefined ? nothing(name.end, name.end) : null;
      const data = given ?? this.data(value, alias, depth + 1, name.end);
      if (isScalar(key) && key.type === "PLAIN" && key.source === "<<") merged.push(...this.#merge(data));
      else if (name.kind === "scalar") own.push({ key: name, value: data });
      else this.#fault("bad-key", "A list or a mapping cannot be a key.", name);
    }
    // What is merged stands below what is written here.
    return [...merged.map((entry) => ({ ...entry, merged: true as const })), ...own];
  }

  #merge(data: Data): DataEntry[] {
    if (data.kind === "map") return data.entries;
    if (data.kind === "list" && data.items.every((item) => item.kind === "map")) {
      return data.items.reverse().flatMap((item) => (item.kind === "map" ? item.entries : []));
    }
    this.#fault("yaml-bad-merge", '"<<" takes in a mapping or a list of mappings.', data);
    return [];
  }

  #scalar(node: unknown, start: number, end: number, alias: Alias): DataScalar {
    if (!isScalar(node)) return nothing(start, end);
    const quoted = node.type === "QUOTE_DOUBLE" || node.type === "QUOTE_SINGLE";
    const edge = quoted && alias === null ? 1 : 0;
    const place = {
      kind: "scalar" as const,
      start,
      end,
      innerStart: start + edge,
      innerEnd: Math.max(end - edge, start),
    };
    const text = typeof node.value === "string" ? node.value : "";
    const tag = node.tag?.replace(/^tag:yaml\.org,2002:/, "!!");
    if (tag !== undefined && !/^!!?(?:str|int|float|bool|null|timestamp|binary)?$/.test(tag)) {
      this.#fault("yaml-unknown-tag", `KIWI does not know the tag ${tag}.`, { start, end });
    }
    if (node.type !== "PLAIN" || tag === "!!str" || tag === "!") return { ...place, type: "string", value: text };
    const resolved = resolvePlain(text);
    if (resolved !== null) return { ...place, ...resolved };
    this.#fault("yaml-bad-value", `KIWI's YAML reader refuses ${text}: write it in quotes.`, { start, end });
    return { ...place, type: "string", value: text };
  }

  #fault(code: string, message: string, { start, end }: { start: number; end: number }): void {
    this.#faults.push({ code, message, start, end: Math.max(end, start + 1) });
  }
}

function nothing(start: number, end: number): DataScalar {
  return { kind: "scalar", type: "null", value: "", start, end, innerStart: start, innerEnd: end };
}

/** Where a node is written, without the blanks and comments after it. */
function rangeOf(node: unknown, at: number): { start: number; end: number } {
  const range = (node as { range?: readonly [number, number, number] | null } | null)?.range;
  return range ? { start: range[0], end: range[1] } : { start: at, end: at };
}

function foreignVersion(text: string): DataFault[] {
  const found = /^%YAML\s+(?!1\.)\S+/m.exec(text.slice(0, 1000));
  if (found === null) return [];
  const message = "KIWI reads YAML 1.1 only.";
  return [{ code: "yaml-version", message, start: found.index, end: found.index + found[0].length }];
}

/** PyYAML refuses what cannot be printed. */
function forbiddenCharacters(text: string): DataFault[] {
  const found = text.matchAll(/[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu);
  return [...found].slice(0, 100).map(({ index }) => {
    const message = "YAML forbids this character.";
    return { code: "forbidden-character", message, start: index, end: index + 1 };
  });
}

/** PyYAML takes a tab nowhere but in quotes, in block texts and in comments. */
function tabs(text: string): DataFault[] {
  if (!text.includes("\t")) return [];
  const faults: DataFault[] = [];
  let at = 0;
  let header = false;
  let afterMark = false;
  for (const lexeme of new Lexer().lex(text)) {
    // Marks of documents and scalars that the lexer puts between the pieces of the text.
    if (/^[\u0002\u0018\u001f]$/.test(lexeme) && !text.startsWith(lexeme, at)) {
      afterMark = lexeme === "\u001f";
      continue;
    }
    const isText = /^["'#]/.test(lexeme) || (afterMark && header);
    for (let tab = lexeme.indexOf("\t"); tab >= 0 && !isText; tab = lexeme.indexOf("\t", tab + 1)) {
      const message = "YAML takes no tab here: write spaces.";
      faults.push({ code: "yaml-tab", message, start: at + tab, end: at + tab + 1 });
    }
    if (/^[|>][-+0-9]*$/.test(lexeme)) header = true;
    else if (afterMark) header = false;
    afterMark = false;
    at += lexeme.length;
  }
  return faults.slice(0, 100);
}
