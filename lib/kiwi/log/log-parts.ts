import type { AnsiSpan } from "./ansi.ts";
import type { LogLevel, SegmentKind } from "./segment.ts";

/** One line as a viewer shows it. Times are seconds since the midnight before the log's first record. */
export interface LogLine {
  kind: SegmentKind;
  /** Number of the line in the stored log, from 1. */
  number: number;
  /** Of the record that the line belongs to. */
  level: LogLevel | null;
  /** Only where a record begins. */
  time: number | null;
  /** Percent, for the line of a progress bar. */
  progress: number | null;
  /** The message without header and control codes. */
  text: string;
  spans: AnsiSpan[];
}

export interface LogPhase {
  id: string;
  label: string;
  /** Index of its first line. */
  line: number;
  start: number;
  /** Null while the phase goes on. */
  end: number | null;
  failed: boolean;
}

/** What KIWI says at its end when it gives up. */
export interface LogError {
  /** Index of its first line. */
  line: number;
  /** Name of KIWI's exception, for example `KiwiInstallPhaseFailed`; null where it gave none. */
  name: string | null;
  /** The message with its continuation lines, without the name. */
  text: string;
  /** Index of the phase in which it happened. */
  phase: number | null;
}

/** An error from its first line and the lines that belong to it. */
export function readError(line: number, whole: string, phase: number | null): LogError {
  const text = whole.trimEnd();
  const name = /^(Kiwi\w+): /.exec(text);
  return { line, name: name?.[1] ?? null, text: name ? text.slice(name[0].length) : text, phase };
}
