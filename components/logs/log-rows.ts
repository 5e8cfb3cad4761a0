import { type LogQuery, type LogView, type LogWindow, type ShownLine, wholeLog } from "#lib/contracts/log.ts";

/** Rows that are fetched at once. */
const chunk = 100;
/** Chunks that are kept: a few thousand rows, whatever the size of the log. */
const kept = 60;
/** Fetches that go on at the same time. */
const atATime = 3;
/** Milliseconds after which rows of a view that changes with the log are asked for again, and after a fetch that failed. */
const askAgain = 500;

export type FetchWindow = (request: {
  view: LogView;
  from: number;
  count: number;
  query: LogQuery | null;
}) => Promise<LogWindow | null>;

interface Chunk {
  rows: (ShownLine | undefined)[];
  /** When it was fetched, by the count of lines then; null while it was not. */
  asOf: number | null;
  loading: boolean;
}

/** The rows of one view of a log, of which only those near the reader are here. */
export class LogRows {
  /** How many rows the view has. */
  total = 0;
  readonly #fetch: FetchWindow;
  readonly #changed: () => void;
  /** The one that was used last comes last. */
  #chunks = new Map<number, Chunk>();
  #view: LogView = wholeLog;
  #query: LogQuery | null = null;
  /** Lines of the log, as far as it is known. */
  #lines = 0;
  #wanted: [from: number, to: number] = [0, 0];
  #loading = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** Answers to what was asked for before the view changed are of no use. */
  #generation = 0;

  constructor(fetch: FetchWindow, changed: () => void) {
    this.#fetch = fetch;
    this.#changed = changed;
  }

  get view(): LogView {
    return this.#view;
  }

  /** What is looked for, so that it can be marked. */
  get query(): LogQuery | null {
    return this.#query;
  }

  /** Every line of the log is a row. */
  get whole(): boolean {
    return this.#view === wholeLog;
  }

  /** A row; undefined while it is on its way. */
  row(index: number): ShownLine | undefined {
    return this.#chunks.get(Math.floor(index / chunk))?.rows[index % chunk];
  }

  show(view: LogView, query: LogQuery | null): void {
    const same = JSON.stringify(view) === JSON.stringify(this.#view);
    if (same && JSON.stringify(query) === JSON.stringify(this.#query)) return;
    this.#generation++;
    this.#loading = 0;
    this.#query = query;
    // What was found changes the rows, not their places: they stay until they come again.
    for (const one of this.#chunks.values()) Object.assign(one, { asOf: null, loading: false });
    if (!same) {
      this.#view = JSON.stringify(view) === JSON.stringify(wholeLog) ? wholeLog : view;
      this.#chunks.clear();
      this.total = this.whole ? this.#lines : 0;
    }
    this.#pump();
    this.#changed();
  }

  /** Another log. */
  restart(): void {
    this.#generation++;
    this.#loading = 0;
    this.#chunks.clear();
    this.#lines = 0;
    this.total = 0;
  }

  /** The log has so many lines now; `rows` are the newest of them. */
  grow(lines: number, rows: readonly ShownLine[]): void {
    this.#lines = lines;
    if (this.whole) {
      this.total = lines;
      for (const row of rows) this.#chunk(Math.floor((row.number - 1) / chunk)).rows[(row.number - 1) % chunk] = row;
      this.#tidy();
    }
    if (!this.whole || this.#query !== null) this.#later();
  }

  /** The rows [from, to) are looked at. */
  want(from: number, to: number): void {
    this.#wanted = [Math.max(0, from), to];
    this.#pump();
  }

  close(): void {
    this.#generation++;
    if (this.#timer) clearTimeout(this.#timer);
  }

  #pump(): void {
    const [from, to] = this.#wanted;
    // A view of which nothing is known yet has at least to be asked for.
    const end = Math.max(Math.min(to, this.total), this.whole ? 0 : 1);
    for (let number = Math.floor(from / chunk); number * chunk < end && this.#loading < atATime; number++)
      if (this.#lacks(number)) void this.#load(number);
  }

  #lacks(number: number): boolean {
    const known = this.#chunks.get(number);
    if (!known) return true;
    if (known.loading) return false;
    const end = Math.min(chunk, this.total - number * chunk);
    for (let row = 0; row < end; row++) if (known.rows[row] === undefined) return true;
    // Folded and filtered views, and what was found, change at the end as the log grows.
    const last = (number + 1) * chunk >= this.total;
    return (!this.whole || this.#query !== null) && (known.asOf === null || (last && known.asOf !== this.#lines));
  }

  async #load(number: number): Promise<void> {
    const generation = this.#generation;
    const lines = this.#lines;
    const one = this.#chunk(number);
    one.loading = true;
    this.#loading++;
    const request = { view: this.#view, from: number * chunk, count: chunk, query: this.#query };
    const window = await this.#fetch(request).catch(() => null);
    if (generation !== this.#generation) return;
    this.#loading--;
    one.loading = false;
    if (window === null) return this.#later();
    one.asOf = lines;
    // Of the last line, news may have brought more than the answer knows.
    for (const [at, row] of window.rows.entries()) one.rows[at] = row;
    if (!this.whole) this.total = window.total;
    this.#tidy();
    this.#changed();
    if (this.whole || window.rows.length > 0) this.#pump();
  }

  #later(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#pump();
    }, askAgain);
  }

  #chunk(number: number): Chunk {
    const one = this.#chunks.get(number) ?? { rows: [], asOf: null, loading: false };
    this.#chunks.delete(number);
    this.#chunks.set(number, one);
    return one;
  }

  #tidy(): void {
    const [from, to] = this.#wanted.map((row) => Math.floor(row / chunk)) as [number, number];
    let spare = this.#chunks.size - kept;
    for (const [number, { loading }] of this.#chunks) {
      if (spare <= 0) return;
      if (loading || (number >= from && number <= to)) continue;
      this.#chunks.delete(number);
      spare--;
    }
  }
}
