import { createHash, type Hash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import type { LogMap, LogPlace, LogSummary, LogView, LogWindow, ShownLine } from "#lib/contracts/log.ts";
import { isCommand, isOutput, severityOf } from "#lib/kiwi/log/line-flags.ts";
import type { LineSet } from "#lib/kiwi/log/line-set.ts";
import { selectLines } from "#lib/kiwi/log/select-lines.ts";
import { openInside } from "#server/platform/safe-path.ts";
import { readExit } from "../runner/attempt-folder.ts";
import { watchChanges } from "../wait.ts";
import { loadIndex, type Stored, saveIndex } from "./index-files.ts";
import type { LogIndex } from "./log-index.ts";
import { readLines } from "./read-lines.ts";

const CHUNK = 256 * 1024;
/** Bytes of the log, and milliseconds, after which what is new of the index is written. */
const SAVE_BYTES = 64 * 1024 * 1024;
const SAVE_AFTER = 3000;
/** Bytes of an index in the making after which readers are told. */
const TELL_BYTES = 4 * 1024 * 1024;
/** Milliseconds until the file is looked at without the kernel's notice. */
const LOOK_AGAIN = 250;
/** Milliseconds that a question waits for an index in the making. */
const PATIENCE = 300;
/** Views of which the lines are kept. */
const KEPT_VIEWS = 6;

/** The log of one attempt with its index, which grows with it. */
export class StoredLog {
  readonly dir: string;
  readonly index: LogIndex;
  readonly #file: FileHandle;
  readonly #listeners = new Set<() => void>();
  readonly #sets = new Map<string, { lines: number; set: LineSet | null }>();
  /** There while every byte has gone through it. */
  #hash: Hash | null;
  #stored: Stored;
  #savedBytes: number;
  #savedAt = Date.now();
  #reading: Promise<void> | null = null;
  #watching: AbortController | null = null;
  #closed = false;

  private constructor(dir: string, file: FileHandle, index: LogIndex) {
    this.dir = dir;
    this.#file = file;
    this.index = index;
    this.#hash = index.bytes === 0 ? createHash("sha256") : null;
    this.#stored = { lines: index.lines, marks: index.markCount };
    this.#savedBytes = index.bytes;
  }

  /** Null where the attempt has no log yet. */
  static async open(dir: string): Promise<StoredLog | null> {
    const file = await openLogFile(dir);
    if (file === null) return null;
    return new StoredLog(dir, file, await loadIndex(dir, (await file.stat()).size));
  }

  /** Somebody wants to be told. */
  get followed(): boolean {
    return this.#listeners.size > 0;
  }

  /** Tells of whatever comes, until the returned function is called. */
  follow(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (this.#watching === null && !this.index.finished) void this.#watch((this.#watching = new AbortController()));
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#watching?.abort();
      this.#watching = null;
    };
  }

  /** Reads what has come, with patience for a little, not for all of a large log that has no index yet. */
  async freshen(): Promise<void> {
    if (this.index.finished || this.followed) return;
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, PATIENCE)));
    await Promise.race([this.#advance(), enough]);
    clearTimeout(timer);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#watching?.abort();
    await this.#reading?.catch(() => undefined);
    await this.#file.close();
  }

  /** Bytes that are stored at this moment. */
  async size(): Promise<number> {
    return (await this.#file.stat()).size;
  }

  summary(): LogSummary {
    return this.index.summary();
  }

  /** The rows [from, from + count) of a view. */
  async window(view: LogView, from: number, count: number): Promise<LogWindow & { headers: string[] }> {
    const total = this.#total(view);
    const set = this.#set(view);
    const lines: number[] = [];
    for (let row = from; row < Math.min(total, from + count); row++)
      lines.push(set?.select(row) ?? (set === null ? row : this.index.lines));
    const found = await readLines(this.#file, this.index, lines);
    return { from, total, rows: found.map(({ line }) => line), headers: found.map(({ header }) => header) };
  }

  /** The newest lines from a byte on, at most so many. */
  async newest(offset: number, most: number): Promise<ShownLine[]> {
    const { lines } = this.index.summary();
    const first = Math.max(lines - most, (await this.lineAt(offset)) - 1, 0);
    const wanted = Array.from({ length: lines - first }, (_, row) => first + row);
    return (await readLines(this.#file, this.index, wanted)).map(({ line }) => line);
  }

  place(view: LogView, number: number): LogPlace {
    const { flags } = this.index;
    const set = this.#set(view);
    const line = Math.min(number, Math.max(1, this.summary().lines)) - 1;
    let command: number | null = line;
    while (command > 0 && (flags[command] ?? 0) & isOutput) command--;
    if (command === line || !((flags[command] ?? 0) & isCommand)) command = null;
    const row = set === null ? line : Math.min(set.rank(line), Math.max(0, this.#total(view) - 1));
    return { row, shown: set?.has(line) ?? true, command: command === null ? null : command + 1 };
  }

  /** The highest level in each of equal parts of the log. */
  map(parts: number): LogMap {
    const { flags } = this.index;
    const map = Array.from({ length: parts }, () => 0);
    for (let line = 0; line < flags.length; line++) {
      const level = severityOf(flags[line] ?? 0) - 2;
      if (level <= 0) continue;
      const part = Math.floor((line * parts) / flags.length);
      map[part] = Math.max(map[part] ?? 0, Math.min(level, 2));
    }
    return map;
  }

  /** The number of the line that holds a byte. */
  async lineAt(offset: number): Promise<number> {
    if (offset >= this.index.bytes) return this.index.lines + 1;
    const mark = this.index.markAtByte(offset);
    const before = Buffer.alloc(Math.min(offset - mark.offset, CHUNK));
    await this.#file.read(before, 0, before.length, mark.offset);
    return mark.line + 1 + before.reduce((feeds, byte) => feeds + (byte === 10 ? 1 : 0), 0);
  }

  /** Where a line begins, in bytes; the end of the log for those behind it. */
  async offsetOf(number: number): Promise<number> {
    const line = number - 1;
    if (line >= this.index.lines) return number > this.index.lines + 1 ? this.index.taken : this.index.bytes;
    const mark = this.index.markBefore(line);
    const bytes = Buffer.alloc(CHUNK);
    const { bytesRead } = await this.#file.read(bytes, 0, CHUNK, mark.offset);
    let at = 0;
    for (let skipped = mark.line; skipped < line; skipped++) at = bytes.subarray(0, bytesRead).indexOf(10, at) + 1;
    return mark.offset + at;
  }

  #total(view: LogView): number {
    const set = this.#set(view);
    const open = this.index.openLine !== null && view.level === null && view.phases === null ? 1 : 0;
    return (set?.size ?? this.index.lines) + open;
  }

  #set(view: LogView): LineSet | null {
    const key = JSON.stringify(view);
    const known = this.#sets.get(key);
    this.#sets.delete(key);
    const { lines } = this.index;
    const { phases } = this.index.summary();
    const made =
      known?.lines === lines
        ? known
        : { lines, set: selectLines(view, { flags: this.index.flags, length: lines, phases }) };
    this.#sets.set(key, made);
    for (const old of [...this.#sets.keys()].slice(0, -KEPT_VIEWS)) this.#sets.delete(old);
    return made.set;
  }

  #advance(): Promise<void> {
    this.#reading ??= this.#read().finally(() => (this.#reading = null));
    return this.#reading;
  }

  async #watch(watching: AbortController): Promise<void> {
    const changes = watchChanges(join(this.dir, "build.log"), watching.signal);
    try {
      while (!watching.signal.aborted && !this.index.finished) {
        await this.#advance();
        if (!this.index.finished) await changes.changed(LOOK_AGAIN);
      }
    } finally {
      changes.close();
      if (this.#watching === watching) this.#watching = null;
    }
  }

  async #read(): Promise<void> {
    const { index } = this;
    // First the end, then the bytes: a log that was complete before we read it is read whole.
    const over = (await readExit(this.dir)) !== null;
    const before = index.taken;
    let told = before;
    const buffer = Buffer.allocUnsafe(CHUNK);
    while (!this.#closed) {
      const { bytesRead } = await this.#file.read(buffer, 0, CHUNK, index.taken);
      if (bytesRead === 0) break;
      const bytes = buffer.subarray(0, bytesRead);
      this.#hash?.update(bytes);
      index.append(bytes);
      if (index.taken - told > TELL_BYTES) {
        told = index.taken;
        this.#tell();
      }
      if (index.bytes - this.#savedBytes > SAVE_BYTES) await this.#save();
    }
    if (this.#closed) return;
    if (over) {
      // Nobody is told that the log is complete before its checksum is known.
      const sha256 = this.#hash?.digest("hex") ?? (await this.#checksum());
      index.finish();
      index.sha256 = sha256;
      this.#hash = null;
      await this.#save();
    } else if (index.bytes > this.#savedBytes && Date.now() - this.#savedAt > SAVE_AFTER) await this.#save();
    if (over || index.taken > before) this.#tell();
  }

  /** An index that cannot be written, as on a full disk, still serves. */
  async #save(): Promise<void> {
    this.#savedAt = Date.now();
    this.#savedBytes = this.index.bytes;
    this.#stored = await saveIndex(this.dir, this.index, this.#stored).catch(() => this.#stored);
  }

  async #checksum(): Promise<string> {
    const hash = createHash("sha256");
    const buffer = Buffer.allocUnsafe(CHUNK);
    for (let at = 0; ; ) {
      const { bytesRead } = await this.#file.read(buffer, 0, CHUNK, at);
      if (bytesRead === 0) return hash.digest("hex");
      hash.update(buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** The log, opened so that a link that a build put in its place leads nowhere; null where there is none yet. */
export async function openLogFile(dir: string): Promise<FileHandle | null> {
  return openInside(dir, "build.log").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  });
}
