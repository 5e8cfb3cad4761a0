import type { DataFormat } from "./read.ts";

/** Stands for what is about to be written, while the text around it is read. No element bears this name. */
export const placeholder = "kiwi-placeholder";

/** A place at which a key or a value may be written. */
export interface Slot {
  kind: "key" | "value";
  /** What would be replaced: a key with its quotes, a value inside of them. */
  start: number;
  end: number;
  /** The value stands between quotes already. */
  quoted: boolean;
  /** The key has a value, or is the head of a table: only its name is wanted. */
  nameOnly: boolean;
  /** Inside of brackets, where everything is written in one line. */
  flow: boolean;
  /** Another key follows in the same brackets. */
  followed: boolean;
  /** The text with the placeholder in the slot, so that it can be read whatever was there. */
  filled: string;
  /** Where the placeholder stands in it. */
  at: number;
}

/** Finds the slot at an offset; null where neither key nor value may stand, as in comments. */
export function slotAt(text: string, offset: number, format: DataFormat): Slot | null {
  if (format === "json" || format === "json5") return inBrackets(text, 0, offset, ":");
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const found = text.indexOf("\n", offset);
  const line = { start: lineStart, end: found < 0 ? text.length : found };
  if (isComment(text.slice(lineStart, offset))) return null;
  return format === "toml" ? inToml(text, line, offset) : inYaml(text, line, offset);
}

interface Line {
  start: number;
  end: number;
}

const yamlKey = /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'#{}[\],&*|>%@`-][^#]*?)\s*:(?=\s|$)\s*/;

function inYaml(text: string, line: Line, offset: number): Slot | null {
  const content = text.slice(line.start, line.end).replace(/\s+#.*$|\r$/, "");
  if (content.trim() === "") return key(text, offset, offset, line, "");
  // Blanks, and the dashes of lists.
  const start = line.start + (/^\s*(?:-(?:\s+|$))*/.exec(content)?.[0].length ?? 0);
  if (offset < start) return null;
  const written = text.slice(start, line.start + content.length);
  const head = yamlKey.exec(written)?.[0] ?? "";
  const end = start + written.trimEnd().length;
  if (head === "") {
    return /^[{[]/.test(written)
      ? inBrackets(text, start, offset, ":")
      : key(text, start, Math.max(end, offset), line, "");
  }
  const colon = start + head.trimEnd().length;
  if (offset > colon) return inValue(text, Math.min(start + head.length, offset), end, offset, ":");
  const keyEnd = start + head.replace(/\s*:\s*$/, "").length;
  return offset <= keyEnd ? key(text, start, keyEnd, line, ":") : null;
}

function key(text: string, start: number, end: number, line: Line, separator: string): Slot {
  const filler = separator === "" ? `${placeholder}:` : placeholder;
  // After a key that is not finished nothing else belongs to the line.
  const rest = separator === "" ? text.slice(line.end) : text.slice(end);
  return {
    ...{ kind: "key", start, end, quoted: false, nameOnly: separator !== "", flow: false, followed: false },
    filled: text.slice(0, start) + filler + rest,
    at: start,
  };
}

function inToml(text: string, line: Line, offset: number): Slot | null {
  const content = text.slice(line.start, line.end).replace(/\r$/, "");
  const head = /^\s*\[{1,2}\s*((?:[^\].]*\.)*)\s*/.exec(content);
  if (head !== null) {
    const start = line.start + head[0].length;
    const end = Math.max(offset, start + (/^[^\]\s.]*/.exec(text.slice(start, line.end))?.[0].length ?? 0));
    if (offset < start) return null;
    const closing = content.trimStart().startsWith("[[") ? "]]" : "]";
    return {
      ...{ kind: "key", start, end, quoted: false, nameOnly: true, flow: false, followed: false },
      filled: text.slice(0, start) + placeholder + closing + text.slice(line.end),
      at: start,
    };
  }
  const before = /^\s*(?:"[^"]*"|'[^']*'|[\w-]+)(\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*\s*=\s*/.exec(content)?.[0];
  if (before !== undefined && offset >= line.start + before.trimEnd().length) {
    const end = line.start + content.trimEnd().length;
    return inValue(text, Math.min(line.start + before.length, offset), end, offset, "=");
  }
  const start = line.start + (/^\s*/.exec(content)?.[0].length ?? 0);
  const written = (before ?? content.trimEnd()).replace(/\s*=\s*$/, "");
  const end = Math.max(offset, line.start + written.length);
  const nameOnly = before !== undefined;
  const filler = nameOnly ? placeholder : `${placeholder} = 0`;
  return {
    ...{ kind: "key", start: Math.min(start, offset), end, quoted: false, nameOnly, flow: false, followed: false },
    filled: text.slice(0, Math.min(start, offset)) + filler + text.slice(nameOnly ? end : line.end),
    at: Math.min(start, offset),
  };
}

/** A value that reaches from `start` to `end`. */
function inValue(text: string, start: number, end: number, offset: number, separator: ":" | "="): Slot | null {
  const written = text.slice(start, Math.max(start, end));
  if (/^[{[]/.test(written)) return offset > start ? inBrackets(text, start, offset, separator) : null;
  if (/^[|>&*!]/.test(written)) return null;
  const quote = /^["']/.exec(written)?.[0];
  if (quote === undefined) return value(text, start, Math.max(start, end, offset), separator === "=");
  const closed = written.length > 1 && written.endsWith(quote);
  const inner = { start: start + 1, end: Math.max(start + 1, closed ? end - 1 : end) };
  if (offset < inner.start || offset > inner.end) return null;
  const rest = (closed ? "" : quote) + text.slice(inner.end);
  const filled = text.slice(0, inner.start) + placeholder + rest;
  return { ...plainValue, ...inner, quoted: true, filled, at: start };
}

const plainValue = { kind: "value" as const, nameOnly: false, flow: false, followed: false };

function value(text: string, start: number, end: number, quote: boolean): Slot {
  const filler = quote ? `"${placeholder}"` : placeholder;
  const filled = text.slice(0, start) + filler + text.slice(end);
  return { ...plainValue, start, end, quoted: false, filled, at: start };
}

/** Walks through brackets from `from` to the offset: what stands last before it tells what may stand there. */
function inBrackets(text: string, from: number, offset: number, separator: ":" | "="): Slot | null {
  const open: string[] = [];
  let last = "";
  for (let at = from; at < offset; ) {
    const token = tokenAt(text, at);
    const end = at + token.length;
    const isWord = /^["'\w@.+-]/.test(token);
    if (end > offset || (end === offset && isWord && !isClosed(token))) {
      if (/^(?:\/\/|\/\*|#)/.test(token)) return null;
      if (isWord) return bracketSlot(text, { start: at, end }, last, open.at(-1), separator);
    }
    if (/^[{[]/.test(token)) open.push(token);
    else if (/^[}\]]/.test(token)) open.pop();
    if (/\S/.test(token) && !/^(?:\/\/|\/\*|#)/.test(token)) last = token;
    at = end;
  }
  return bracketSlot(text, { start: offset, end: offset }, last, open.at(-1), separator);
}

function bracketSlot(
  text: string,
  { start, end }: Line,
  last: string,
  bracket: string | undefined,
  separator: ":" | "=",
): Slot | null {
  const next = /^\s*(\S?)/.exec(text.slice(end, end + 1000))?.[1] ?? "";
  if (last === separator || (bracket === "[" && /^[[,]?$/.test(last))) {
    const quote = /^["']/.exec(text.slice(start, end))?.[0];
    if (quote === undefined) return { ...value(text, start, end, true), flow: true };
    const closed = isClosed(text.slice(start, end));
    const inner = { start: start + 1, end: closed ? end - 1 : end };
    const filled = text.slice(0, inner.start) + placeholder + (closed ? "" : quote) + text.slice(inner.end);
    return { ...plainValue, ...inner, flow: true, quoted: true, filled, at: start };
  }
  if (bracket !== "{" || last === "") return null;
  const nameOnly = next === separator;
  const filler = `"${placeholder}"${nameOnly ? "" : `${separator} 0`}`;
  const followed = /^["'\w]/.test(next);
  return {
    ...{ kind: "key", start, end, quoted: false, nameOnly, flow: true, followed },
    filled: text.slice(0, start) + filler + (followed && !nameOnly ? ", " : "") + text.slice(end),
    at: start,
  };
}

/** The piece of a text in brackets that begins at an offset. */
function tokenAt(text: string, at: number): string {
  const token =
    /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|#[^\n]*|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|[\w@.+-]+|\s+|[^]/y;
  token.lastIndex = at;
  return token.exec(text)?.[0] ?? "";
}

function isClosed(token: string): boolean {
  return /^(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')$/.test(token);
}

function isComment(before: string): boolean {
  return /^\s*#|\s#/.test(before.replace(/"(?:[^"\\]|\\.)*"?|'[^']*'?/g, ""));
}
