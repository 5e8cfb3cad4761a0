import { z } from "zod";
import { type LogSummary, logSummarySchema } from "#lib/contracts/log.ts";
import { plainStyle, readAnsi, stripAnsi } from "#lib/kiwi/log/ansi.ts";
import { LogClock } from "#lib/kiwi/log/clock.ts";
import { beginsPhase, isChatter, isCommand, isOutput, isRecord, levelFlags } from "#lib/kiwi/log/line-flags.ts";
import { readError } from "#lib/kiwi/log/log-parts.ts";
import { readStoredLine, type StoredLine } from "#lib/kiwi/log/stored-line.ts";
import { LogStory } from "#lib/kiwi/log/story.ts";

/** A mark is set at the first line that begins so far from the last mark. */
const MARK_LINES = 64;
const MARK_BYTES = 64 * 1024;
/** Numbers of one mark: offset, line, last time (-1 for none), style * 8 + level. */
export const MARK = 4;
/** Of a longer line only the two ends are read. */
const KEPT = 64 * 1024;
/** Characters of a message that are shown. */
export const SHOWN = 4000;
/** Lines of an error's text; what follows is in the log. */
const ERROR_LINES = 500;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const ESCAPE = 0x1b;
const BRACKET = 0x5b;

/** Where a line begins, and what a reader has to know of the lines before it. */
export interface Mark {
  offset: number;
  /** Index of the line, from 0. */
  line: number;
  /** Of the last record. */
  time: number | null;
  style: number;
  /** As in the flags of a line. */
  level: number;
}

/** All of an index but its two tables. */
export const indexStateSchema = z.object({
  format: z.literal(1),
  bytes: z.int().nonnegative(),
  lines: z.int().nonnegative(),
  marks: z.int().nonnegative(),
  longest: z.int().nonnegative(),
  warnings: z.int().nonnegative(),
  errors: z.int().nonnegative(),
  style: z.int(),
  level: z.int(),
  output: z.boolean(),
  first: z.number().nullable(),
  last: z.number().nullable(),
  finished: z.boolean(),
  sha256: z.string().nullable(),
  errorText: z.array(z.string()),
  errorOpen: z.boolean(),
  story: z.object({
    phases: logSummarySchema.shape.phases,
    progress: z.number().nullable(),
    packages: z.object({ total: z.number(), halves: z.number() }).nullable(),
    error: z.object({ line: z.number(), phase: z.number().nullable(), text: z.string() }).nullable(),
  }),
});
export type IndexState = z.infer<typeof indexStateSchema>;

/**
 * The index of a log, made while the log grows: a byte of flags for each line, a mark about every 64 lines from which any
 * window is read, and what KIWI tells of the build. Bytes may come in any pieces.
 */
export class LogIndex {
  /** Bytes of whole lines, and how many these are. */
  bytes = 0;
  lines = 0;
  markCount = 0;
  warnings = 0;
  errors = 0;
  /** Nothing follows any more. */
  finished = false;
  /** Checksum of the finished log, as it was read from the disk; null where it is not known yet. */
  sha256: string | null = null;
  #flags = new Uint8Array(4096);
  #marks = new Float64Array(256 * MARK);
  #story = new LogStory();
  #clock = new LogClock();
  #longest = 0;
  #style = plainStyle;
  /** Flags of the level of the last record. */
  #level = 0;
  /** What comes is a command's output. */
  #output = false;
  /** The text of the last error, and whether lines may still belong to it. */
  #errorText: string[] = [];
  #errorOpen = false;
  /** What is kept of the line that is not whole yet, and how long it is. */
  #held: Buffer = Buffer.alloc(0);
  #heldBytes = 0;

  /** An index that goes on where another one was. */
  static restore(state: IndexState, flags: Uint8Array<ArrayBuffer>, marks: Float64Array<ArrayBuffer>): LogIndex {
    const index = new LogIndex();
    const { bytes, lines, warnings, errors, finished, sha256 } = state;
    Object.assign(index, { bytes, lines, markCount: state.marks, warnings, errors, finished, sha256 });
    index.#flags = flags;
    index.#marks = marks;
    index.#story = new LogStory(state.story);
    index.#clock = new LogClock(state.first, state.last);
    index.#longest = state.longest;
    index.#style = state.style;
    index.#level = state.level;
    index.#output = state.output;
    index.#errorText = state.errorText;
    index.#errorOpen = state.errorOpen;
    return index;
  }

  get state(): IndexState {
    return {
      format: 1,
      bytes: this.bytes,
      lines: this.lines,
      marks: this.markCount,
      longest: this.#longest,
      warnings: this.warnings,
      errors: this.errors,
      style: this.#style,
      level: this.#level,
      output: this.#output,
      first: this.#clock.first,
      last: this.#clock.last,
      finished: this.finished,
      sha256: this.sha256,
      errorText: this.#errorText,
      errorOpen: this.#errorOpen,
      story: this.#story.state,
    };
  }

  /** The flags of all lines. */
  get flags(): Uint8Array {
    return this.#flags.subarray(0, this.lines);
  }

  /** The table of marks as it is stored. */
  get marks(): Float64Array {
    return this.#marks.subarray(0, this.markCount * MARK);
  }

  /** All bytes that were taken, with those of the line that is not whole. */
  get taken(): number {
    return this.bytes + this.#heldBytes;
  }

  /** The line that is not whole yet, as far as it is kept; null where there is nothing to see of it. */
  get openLine(): string | null {
    const text = this.#held.toString("utf8");
    return text.trim() === "" ? null : text;
  }

  /** Where the line that is not whole begins. */
  get openMark(): Mark {
    return { offset: this.bytes, line: this.lines, time: this.#clock.last, style: this.#style, level: this.#level };
  }

  summary(): LogSummary {
    const open = this.openLine;
    const { first, last } = this.#clock;
    const { error, phases, packages, progress } = this.#story;
    return {
      bytes: this.bytes,
      lines: this.lines + (open === null ? 0 : 1),
      longest: Math.max(this.#longest, Math.min(this.#heldBytes, SHOWN)),
      phases: phases.map((phase) => ({ ...phase })),
      error: error && readError(error.line, this.#errorText.join("\n"), error.phase),
      progress: open?.includes("%") ? (readStoredLine(open).progress ?? progress) : progress,
      packages,
      times: first === null || last === null ? null : { first, last },
      warnings: this.warnings,
      errors: this.errors,
      complete: this.finished ? { bytes: this.bytes, sha256: this.sha256 } : null,
    };
  }

  /** Takes the next bytes of the log. */
  append(chunk: Buffer): void {
    let from = 0;
    /** The line has codes for a terminal. Most have not, and few of these need to be looked at. */
    let special = false;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (byte > ESCAPE) continue;
      special ||= byte === ESCAPE || byte === CARRIAGE_RETURN;
      if (byte !== LINE_FEED) continue;
      if (this.#heldBytes > 0) {
        this.#hold(chunk.subarray(from, at));
        this.#take(this.#held, 0, this.#held.length, this.#heldBytes + 1, true);
        this.#held = Buffer.alloc(0);
        this.#heldBytes = 0;
      } else this.#take(chunk, from, at, at - from + 1, special);
      from = at + 1;
      special = false;
    }
    if (from < chunk.length) this.#hold(chunk.subarray(from));
  }

  /** Nothing follows: the last line is whole without a line feed, and the last phase has ended. */
  finish(): void {
    if (this.#heldBytes > 0) this.#take(this.#held, 0, this.#held.length, this.#heldBytes, true);
    this.#held = Buffer.alloc(0);
    this.#heldBytes = 0;
    this.finished = true;
    this.#story.finish(this.#clock.last);
  }

  /** The last mark that is not behind a line. */
  markBefore(line: number): Mark & { index: number } {
    return this.#markWhere((mark) => (this.#marks[mark * MARK + 1] ?? 0) <= line);
  }

  /** The last mark that is not behind a byte. */
  markAtByte(offset: number): Mark & { index: number } {
    return this.#markWhere((mark) => (this.#marks[mark * MARK] ?? 0) <= offset);
  }

  mark(index: number): Mark | undefined {
    if (index >= this.markCount) return undefined;
    const [offset = 0, line = 0, time = -1, state = 0] = this.#marks.subarray(index * MARK, (index + 1) * MARK);
    return { offset, line, time: time < 0 ? null : time, style: Math.floor(state / 8), level: state % 8 };
  }

  #markWhere(holds: (mark: number) => boolean): Mark & { index: number } {
    let [low, high] = [0, Math.max(0, this.markCount - 1)];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (holds(middle)) low = middle;
      else high = middle - 1;
    }
    return { index: low, ...(this.mark(low) ?? { offset: 0, line: 0, time: null, style: plainStyle, level: 0 }) };
  }

  #hold(bytes: Buffer): void {
    this.#heldBytes += bytes.length;
    const all = Buffer.concat([this.#held, bytes]);
    this.#held =
      all.length <= KEPT ? all : Buffer.concat([all.subarray(0, KEPT / 2), all.subarray(all.length - KEPT / 2)]);
  }

  /** Takes the line of `chunk[from, to)`; `length` is what it takes of the log. */
  #take(chunk: Buffer, from: number, to: number, length: number, special: boolean): void {
    this.#setMark();
    if (this.lines === this.#flags.length) this.#flags = enlarged(this.#flags, new Uint8Array(this.lines * 2));
    const plain = !special && chunk[from] !== BRACKET && !this.#story.counting && !this.#errorOpen;
    this.#longest = Math.max(this.#longest, Math.min(to - from, SHOWN));
    const clock = special || this.#story.counting ? -1 : debugClock(chunk, from, to);
    if (clock >= 0) {
      this.#clock.advance(clock);
      this.#flags[this.lines] = this.#debugRecord(chunk, from + DEBUG_HEADER, to);
    } else if (plain) {
      this.#flags[this.lines] = this.#level | (this.#output ? isOutput : 0);
    } else {
      const half = to - from > KEPT ? KEPT / 2 : to - from;
      const ends =
        chunk.toString("utf8", from, from + half) + chunk.toString("utf8", Math.max(from + half, to - half), to);
      this.#flags[this.lines] = this.#read(readStoredLine(ends));
    }
    this.lines++;
    this.bytes += length;
  }

  /** Reads a line and gives its flags. */
  #read(line: StoredLine): number {
    const { level, kind, text } = line;
    if (line.progress !== null) this.#story.progress = line.progress;
    if (level !== null) this.#style = plainStyle;
    const coded = text.includes("\x1b");
    if (coded) this.#style = readAnsi(text, this.#style).end;
    const message = (coded ? stripAnsi(text) : text).slice(0, KEPT / 2);
    if (level === null) {
      if (kind !== "continuation" || this.#errorText.length >= ERROR_LINES) this.#errorOpen = false;
      if (this.#errorOpen) this.#errorText.push(message);
      if (this.#story.counting) this.#story.read(null, message, this.lines + 1, this.#clock.last);
      return this.#level | (this.#output ? isOutput : 0);
    }
    if (line.clock !== null) this.#clock.advance(line.clock);
    const before = this.#story.error;
    const phase = this.#story.read(level, message, this.lines + 1, this.#clock.last);
    this.#errorOpen = this.#story.error !== before;
    if (this.#errorOpen) this.#errorText = [message];
    if (level === "WARNING") this.warnings++;
    else if (level === "ERROR" || level === "CRITICAL") this.errors++;
    this.#level = levelFlags(level);
    const chatter = level === "DEBUG" && isLooking.test(message);
    const output = this.#output && level === "DEBUG" && kind === "record" && !chatter;
    this.#output = kind === "command" || output;
    return (
      this.#level |
      isRecord |
      (kind === "command" ? isCommand : 0) |
      (output ? isOutput : 0) |
      (phase ? beginsPhase : 0) |
      (chatter ? isChatter : 0)
    );
  }

  /** The flags of a record at level DEBUG, of which most logs are made: read without making text of it. */
  #debugRecord(chunk: Buffer, from: number, to: number): number {
    const command = startsWith(chunk, from, to, COMMAND);
    const chatter = startsWith(chunk, from, to, CHATTER) && isLooking.test(chunk.toString("utf8", from, to));
    const output = this.#output && !command && !chatter;
    this.#output = command || output;
    this.#style = plainStyle;
    this.#errorOpen = false;
    this.#level = levelFlags("DEBUG");
    return this.#level | isRecord | (command ? isCommand : 0) | (output ? isOutput : 0) | (chatter ? isChatter : 0);
  }

  #setMark(): void {
    const last = (this.markCount - 1) * MARK;
    if (
      this.markCount > 0 &&
      this.lines - (this.#marks[last + 1] ?? 0) < MARK_LINES &&
      this.bytes - (this.#marks[last] ?? 0) < MARK_BYTES
    )
      return;
    const at = this.markCount * MARK;
    if (at === this.#marks.length) this.#marks = enlarged(this.#marks, new Float64Array(at * 2));
    this.#marks.set([this.bytes, this.lines, this.#clock.last ?? -1, this.#style * 8 + this.#level], at);
    this.markCount++;
  }
}

const DEBUG = Buffer.from("[ DEBUG   ]: ");
const DEBUG_HEADER = "[ DEBUG   ]: 00:00:00 | ".length;
/** Seconds that each digit of the clock stands for, and minus the byte of each character between them. */
const CLOCK = [36_000, 3600, -58, 600, 60, -58, 10, 1, -32, -124, -32];
const COMMAND = Buffer.from("EXEC: [");
const isLooking = /^Looking for \S+ in /;
const CHATTER = Buffer.from("Looking for ");

/** Seconds since midnight of a record at level DEBUG; -1 for any other line. */
function debugClock(chunk: Buffer, from: number, to: number): number {
  if (!startsWith(chunk, from, to, DEBUG) || to - from < DEBUG_HEADER) return -1;
  // HH:MM:SS and what is between it and the message.
  const at = from + DEBUG.length;
  let clock = 0;
  for (let place = 0; place < CLOCK.length; place++) {
    const byte = chunk[at + place] ?? 0;
    const unit = CLOCK[place] ?? 0;
    if (unit < 0 ? byte !== -unit : byte < 48 || byte > 57) return -1;
    if (unit > 0) clock += (byte - 48) * unit;
  }
  return clock;
}

function startsWith(chunk: Buffer, from: number, to: number, wanted: Buffer): boolean {
  if (to - from < wanted.length) return false;
  for (let at = 0; at < wanted.length; at++) if (chunk[from + at] !== wanted[at]) return false;
  return true;
}

function enlarged<T extends Uint8Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}
