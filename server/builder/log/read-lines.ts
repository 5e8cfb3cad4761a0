import type { FileHandle } from "node:fs/promises";
import type { ShownLine } from "#lib/contracts/log.ts";
import { plainStyle, readAnsi } from "#lib/kiwi/log/ansi.ts";
import { LogClock } from "#lib/kiwi/log/clock.ts";
import { beginsPhase, isCommand, isOutput, levelFlags, levelOf } from "#lib/kiwi/log/line-flags.ts";
import { readStoredLine } from "#lib/kiwi/log/stored-line.ts";
import { type LogIndex, type Mark, SHOWN } from "./log-index.ts";

/** Bytes that are read from a mark on: all up to the next one, but of a gigantic line only its beginning. */
const MOST = 192 * 1024;
/** Seconds without a record that are worth a word. */
const SILENCE = 10;

/** A line as it is shown, and the header that the stored one has in front of its message. */
export interface ReadLine {
  line: ShownLine;
  header: string;
}

/** Reads lines by their index, in order, each from the mark before it: the size of the log does not matter. */
export async function readLines(file: FileHandle, index: LogIndex, wanted: readonly number[]): Promise<ReadLine[]> {
  const found: ReadLine[] = [];
  for (let at = 0; at < wanted.length; ) {
    const line = wanted[at] ?? 0;
    if (line >= index.lines) {
      const { openLine, openMark } = index;
      if (openLine !== null) found.push(new LineReader(index, openMark).read(openLine, 0));
      break;
    }
    const mark = index.markBefore(line);
    const next = index.mark(mark.index + 1) ?? { offset: index.bytes, line: index.lines };
    const bytes = Buffer.allocUnsafe(Math.min(next.offset - mark.offset, MOST));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, mark.offset);
    const reader = new LineReader(index, mark);
    for (let start = 0, number = mark.line; number < next.line && at < wanted.length; number++) {
      const feed = bytes.subarray(0, bytesRead).indexOf(10, start);
      const end = feed < 0 ? bytesRead : feed;
      const unread = feed < 0 ? Math.max(0, next.offset - 1 - mark.offset - bytesRead) : 0;
      const read = reader.read(bytes.toString("utf8", start, end), unread);
      if (number === wanted[at]) {
        found.push(read);
        at++;
      }
      start = end + 1;
    }
  }
  return found;
}

/** Reads line after line from a mark on. */
class LineReader {
  readonly #index: LogIndex;
  readonly #clock: LogClock;
  #line: number;
  #style: number;
  #level: number;

  constructor(index: LogIndex, mark: Mark) {
    this.#index = index;
    this.#clock = new LogClock(null, mark.time);
    this.#line = mark.line;
    this.#style = mark.style;
    this.#level = mark.level;
  }

  /** `unread` tells how many bytes of the line are missing in `raw`. */
  read(raw: string, unread: number): ReadLine {
    const { kind, level, clock, progress, header, text } = readStoredLine(raw);
    const flags = this.#index.flags[this.#line] ?? 0;
    const before = this.#clock.last;
    const time = clock === null ? null : this.#clock.advance(clock);
    if (level !== null) {
      this.#style = plainStyle;
      this.#level = levelFlags(level);
    }
    const style = this.#style;
    if (text.includes("\x1b")) this.#style = readAnsi(text, style).end;
    const silence = time === null || before === null ? 0 : time - before;
    const line: ShownLine = {
      number: ++this.#line,
      kind,
      level: levelOf(this.#level),
      time,
      text: text.slice(0, SHOWN),
      style,
      hidden: Math.max(0, text.length - SHOWN) + unread,
      progress: kind === "progress" ? progress : null,
      silence: silence >= SILENCE ? silence : null,
      output: flags & isCommand ? this.#outputAfter(this.#line) : 0,
      phase: (flags & beginsPhase) !== 0,
      hits: [],
    };
    return { line, header };
  }

  #outputAfter(line: number): number {
    const { flags } = this.#index;
    let end = line;
    while (end < flags.length && (flags[end] ?? 0) & isOutput) end++;
    return end - line;
  }
}
