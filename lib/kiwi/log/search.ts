import type { KiwiLog } from "./log.ts";

/** Where a search text occurs: the index of the line, and the position in the line's message. */
export interface LogHit {
  line: number;
  column: number;
}

/**
 * A search for plain text in the messages of a log, upper and lower case alike. It goes on with the log: lines that
 * were searched are not searched again, except the last ones, which may still change.
 */
export class LogSearch {
  readonly hits: LogHit[] = [];
  readonly #log: KiwiLog;
  readonly #query: string;
  #searched = 0;

  constructor(log: KiwiLog, query: string) {
    this.#log = log;
    this.#query = query;
    this.advance();
  }

  /** Searches what has come since. */
  advance(): void {
    while ((this.hits.at(-1)?.line ?? -1) >= this.#searched) this.hits.pop();
    const count = this.#log.lineCount;
    for (let line = this.#searched; line < count; line++) {
      for (const column of occurrences(this.#log.plainText(line), this.#query)) this.hits.push({ line, column });
    }
    this.#searched = Math.max(this.#searched, count - 2);
  }
}

/** Start of every occurrence of `query` in `text`, without overlaps. */
export function occurrences(text: string, query: string): number[] {
  const found: number[] = [];
  const needle = query.toLowerCase();
  const haystack = text.toLowerCase();
  if (needle === "") return found;
  for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + needle.length)) found.push(at);
  return found;
}
