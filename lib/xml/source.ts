import type { XmlError } from "./tree.ts";

/** A text with more errors is not read to its end: nobody mends it one by one, and each costs time. */
export const maxErrors = 1000;

/** One text while it is parsed: the text, what was found wrong with it, and the entities that it declares. */
export interface XmlSource {
  readonly text: string;
  readonly errors: XmlError[];
  /** General entities of the internal DTD subset: name to replacement text. */
  readonly entities: Map<string, string>;
  /** What they expand to, by depth and name, as far as it was asked for; null where that is out of bounds. */
  readonly expansions: Map<string, string | null>;
  /** How many characters entities have brought into the text. */
  expanded: number;
  /** Errors beyond `maxErrors` are dropped. */
  report(code: string, message: string, start: number, end: number): void;
  /** `indexOf` that remembers a vain search, so that many openings without an end stay cheap together. */
  find(wanted: string, from: number): number;
}

export function xmlSource(text: string): XmlSource {
  const errors: XmlError[] = [];
  const absentFrom = new Map<string, number>();
  return {
    text,
    errors,
    entities: new Map(),
    expansions: new Map(),
    expanded: 0,
    report(code, message, start, end) {
      if (errors.length >= maxErrors) return;
      const last = Math.max(start, Math.min(end, text.length));
      errors.push({ code, message, start, end: last });
    },
    find(wanted, from) {
      if (from >= (absentFrom.get(wanted) ?? Number.POSITIVE_INFINITY)) return -1;
      const found = text.indexOf(wanted, from);
      if (found < 0) absentFrom.set(wanted, from);
      return found;
    },
  };
}

/** Offset of the end of the line that holds `at`, its line break excluded. */
export function lineEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && text[end] !== "\n" && text[end] !== "\r") end++;
  return end;
}

/**
 * The width of the blanks between the line's start and `at`, or null where something else stands before `at`.
 * Looks back 200 characters at most, so that a text of one long line costs nothing.
 */
export function indentation(text: string, at: number): number | null {
  for (let i = at - 1; i >= 0 && at - i <= 200; i--) {
    const character = text[i];
    if (character === "\n" || character === "\r") return at - i - 1;
    if (character !== " " && character !== "\t") return null;
  }
  return at <= 200 ? at : null;
}
