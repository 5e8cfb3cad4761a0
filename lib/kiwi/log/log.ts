import { type AnsiSpan, type PackedStyle, plainStyle, readAnsi, stripAnsi } from "./ansi.ts";
import { LogClock } from "./clock.ts";
import { type LogError, type LogLine, type LogPhase, readError } from "./log-parts.ts";
import type { PackageProgress } from "./package-counter.ts";
import { type LogLevel, logLevels, readSegment, type Segment, type SegmentKind } from "./segment.ts";
import { LogStory } from "./story.ts";
import { TextBlocks } from "./text-blocks.ts";

/** Lines of an error's text; what follows is in the log. */
const longestError = 500;

/**
 * KIWI's log, read while it grows. The text may come in any pieces; the outcome depends on the whole text only.
 * Text is kept once; a line is a few numbers in columns and is put together when it is asked for.
 */
export class KiwiLog {
  readonly #text = new TextBlocks();
  // Columns, one entry for each line.
  readonly #start: number[] = [];
  readonly #end: number[] = [];
  readonly #number: number[] = [];
  /** Kind and level in one number: kind * 8 + level + 1. */
  readonly #meta: number[] = [];
  readonly #time: number[] = [];
  readonly #style: PackedStyle[] = [];

  readonly #story = new LogStory();
  readonly #clock = new LogClock();

  /** Text after the last line end. */
  #tail = "";
  /** How much of the tail is known to hold no line end. */
  #scanned = 0;
  #currentNumber = 1;
  /** The stored line that is being read has given a line already. */
  #shown = false;
  /** The last line ended with a bare carriage return: a terminal would write the next one over it. */
  #overwritten = false;
  #nextStyle: PackedStyle = plainStyle;
  #finished = false;

  /** Number of lines to show, with the last one even while it is incomplete. */
  get lineCount(): number {
    const tail = this.#tailSegment();
    return this.#start.length + (tail && !this.#replaces(tail) ? 1 : 0);
  }

  /** Number of lines in the stored text: its line feeds, and one more if the text does not end with one. */
  get storedLineCount(): number {
    return this.#currentNumber - 1 + (this.#tail !== "" || this.#shown ? 1 : 0);
  }

  /** The whole text exactly as it came, in pieces. */
  get rawText(): readonly string[] {
    return this.#text.blocks();
  }

  get phases(): readonly LogPhase[] {
    return this.#story.phases;
  }

  /** Percent of the bar of the current phase; null where it has shown none. */
  get progress(): number | null {
    return this.#tailSegment()?.progress ?? this.#story.progress;
  }

  /** How many packages the current phase has installed; null where it installs none or has not said how many. */
  get packages(): PackageProgress | null {
    return this.#story.packages;
  }

  /** Time of the first and of the last record. */
  get times(): { first: number; last: number } | null {
    const { first, last } = this.#clock;
    return first === null || last === null ? null : { first, last };
  }

  get error(): LogError | null {
    const { error } = this.#story;
    if (error === null) return null;
    const lines = [this.line(error.line).text];
    const end = Math.min(this.lineCount, error.line + longestError);
    for (let index = error.line + 1; index < end; index++) {
      const line = this.line(index);
      if (line.kind !== "continuation") break;
      lines.push(line.text);
    }
    return readError(error.line, lines.join("\n"), error.phase);
  }

  /** Adds the next piece of the log. */
  append(text: string): void {
    if (this.#finished) throw new Error("text was appended to a log that is finished");
    this.#text.append(text);
    this.#tail += text;
    const lineEnd = /\r\n|\r(?!$)|\n/g;
    lineEnd.lastIndex = this.#scanned;
    const tailStart = this.#text.length - this.#tail.length;
    let from = 0;
    for (let match = lineEnd.exec(this.#tail); match; match = lineEnd.exec(this.#tail)) {
      this.#take(this.#tail.slice(from, match.index), match[0], tailStart + from);
      from = lineEnd.lastIndex;
    }
    this.#tail = this.#tail.slice(from);
    // A carriage return at the very end may be the first half of a line end.
    this.#scanned = this.#tail.endsWith("\r") ? this.#tail.length - 1 : this.#tail.length;
  }

  /** The log is complete: its last line and its last phase have ended. */
  finish(): void {
    if (this.#finished) return;
    const rest = this.#tail.replace(/\r$/, "");
    const end = this.#tail.slice(rest.length);
    const start = this.#text.length - this.#tail.length;
    this.#tail = "";
    if (rest !== "") this.#take(rest, end, start);
    this.#finished = true;
    this.#story.finish(this.#clock.last);
  }

  /** The line at `index`, from 0 to `lineCount` - 1. */
  line(index: number): LogLine {
    const tail = this.#tailSegment();
    if (tail && index === this.lineCount - 1) return this.#tailLine(tail);
    const start = this.#start[index];
    if (start === undefined) throw new RangeError(`the log has no line ${index}`);
    const meta = this.#meta[index] ?? 0;
    const time = this.#time[index] ?? -1;
    const raw = this.#text.slice(start, this.#end[index] ?? start);
    const kind = kinds[meta >> 3] ?? "continuation";
    return {
      kind,
      number: this.#number[index] ?? 0,
      level: logLevels[(meta & 7) - 1] ?? null,
      time: time < 0 ? null : time,
      progress: kind === "progress" ? readSegment(raw).progress : null,
      ...message(kind, raw, this.#style[index] ?? plainStyle),
    };
  }

  /** The message of a line without control codes; cheaper than the whole line. */
  plainText(index: number): string {
    const start = this.#start[index];
    const tail = this.#tailSegment();
    if (start === undefined || (tail && index === this.lineCount - 1)) return this.line(index).text;
    if (kinds[(this.#meta[index] ?? 0) >> 3] === "progress") return "";
    return stripAnsi(this.#text.slice(start, this.#end[index] ?? start));
  }

  #take(raw: string, end: string, at: number): void {
    const segment = readSegment(raw);
    if (segment.progress !== null) this.#story.progress = segment.progress;
    const blank = raw.trim() === "";
    if (!blank || (end !== "\r" && !this.#shown)) this.#place(segment, raw, at);
    if (end === "\r") {
      if (!blank) this.#overwritten = segment.kind === "progress" || segment.kind === "continuation";
      return;
    }
    this.#currentNumber += end === "" ? 0 : 1;
    this.#shown = end === "";
    this.#overwritten = false;
  }

  #place(segment: Segment, raw: string, at: number): void {
    const index = this.#replaces(segment) ? this.#start.length - 1 : this.#start.length;
    const record = segment.level !== null;
    const style = record ? plainStyle : this.#nextStyle;
    const from = segment.kind === "progress" ? 0 : segment.messageStart;
    this.#start[index] = at + from;
    this.#end[index] = at + raw.length;
    this.#number[index] = this.#currentNumber;
    const level = record ? logLevels.indexOf(segment.level as LogLevel) + 1 : (this.#meta[index - 1] ?? 0) & 7;
    this.#meta[index] = kinds.indexOf(segment.kind) * 8 + level;
    this.#time[index] = segment.clock === null ? -1 : this.#clock.advance(segment.clock);
    this.#style[index] = style;
    this.#nextStyle = raw.includes("\x1b") ? readAnsi(raw, style).end : style;
    this.#shown = true;
    if (record || this.#story.counting)
      this.#story.read(segment.level, stripAnsi(raw.slice(from)), index, this.#clock.last);
  }

  /** Whether a terminal would write this piece over the last line. A record is never overwritten. */
  #replaces(segment: Segment): boolean {
    if (!this.#overwritten) return false;
    const lastKind = kinds[(this.#meta.at(-1) ?? 0) >> 3];
    return segment.level === null || lastKind === "progress";
  }

  #tailSegment(): Segment | null {
    return this.#tail.trim() === "" ? null : readSegment(this.#tail.trimEnd());
  }

  #tailLine(segment: Segment): LogLine {
    const raw = this.#tail.trimEnd();
    const inherited = logLevels[((this.#meta.at(-1) ?? 0) & 7) - 1] ?? null;
    return {
      kind: segment.kind,
      number: this.#currentNumber,
      level: segment.level ?? inherited,
      time: segment.clock === null ? null : this.#clock.peek(segment.clock),
      progress: segment.progress,
      ...message(segment.kind, segment.kind === "progress" ? raw : raw.slice(segment.messageStart), this.#nextStyle),
    };
  }
}

const kinds: readonly SegmentKind[] = ["record", "command", "continuation", "progress"];

function message(kind: SegmentKind, raw: string, style: PackedStyle): { text: string; spans: AnsiSpan[] } {
  if (kind === "progress") return { text: "", spans: [] };
  const { spans } = readAnsi(raw, style);
  return { text: spans.map((span) => span.text).join(""), spans };
}
