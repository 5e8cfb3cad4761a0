/**
 * The grammar of KIWI's log, as its logger writes it with `--logfile stdout` or to a terminal (9.24 to 11.1): records
 * with a level and a local clock time without date, a progress bar led in by a carriage return, and anything else,
 * which belongs to the record before it.
 */

export const logLevels = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] as const;
export type LogLevel = (typeof logLevels)[number];

/** A `command` is the record of a command that KIWI is about to run. */
export type SegmentKind = "record" | "command" | "continuation" | "progress";

/** One piece of the log between two line ends. */
export interface Segment {
  kind: SegmentKind;
  level: LogLevel | null;
  /** Seconds since midnight; only records have one. */
  clock: number | null;
  /** Where the message starts, behind the bar and the record's header. */
  messageStart: number;
  /** Percent of the bar that this piece starts with. */
  progress: number | null;
}

const bar = /^\[ INFO {4}\]: Processing: \[[# ]{40}\] (\d{1,3})%/;
const header = /^(?:\x1b\[[\d;]*m)*\[ (DEBUG|INFO|WARNING|ERROR|CRITICAL) *\]: (\d\d):(\d\d):(\d\d) \| /;

/** Reads one piece, without its line end. */
export function readSegment(text: string): Segment {
  let start = 0;
  let progress: number | null = null;
  for (let match = bar.exec(text); match; match = bar.exec(text.slice(start))) {
    progress = Number(match[1]);
    start += match[0].length;
  }
  const rest = start === 0 ? text : text.slice(start);
  const record = header.exec(rest);
  if (record) {
    const [found, level, hours, minutes, seconds] = record;
    return {
      kind: level === "DEBUG" && rest.startsWith("EXEC: [", found.length) ? "command" : "record",
      level: level as LogLevel,
      clock: Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds),
      messageStart: start + found.length,
      progress,
    };
  }
  const kind = progress !== null && rest.trim() === "" ? "progress" : "continuation";
  return { kind, level: null, clock: null, messageStart: start, progress };
}
