import { z } from "zod";

/**
 * A stored log as it is served: windows of its lines, never the whole of it. Lines are those that line feeds end, numbered
 * from 1; times are seconds since the midnight before the log's first record.
 */

export const logLevelSchema = z.enum(["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]);

/** One line of the stored log, ready to be shown. */
export const shownLineSchema = z.object({
  number: z.number(),
  kind: z.enum(["record", "command", "continuation", "progress"]),
  /** Of the record that the line belongs to. */
  level: logLevelSchema.nullable(),
  /** Only where a record begins. */
  time: z.number().nullable(),
  /** The message, with the colour codes of a terminal; cut where it is very long. */
  text: z.string(),
  /** The style that the line before has left, packed. */
  style: z.number(),
  /** Characters, or bytes of a gigantic line, that are stored but not shown. */
  hidden: z.number(),
  /** Percent, for the line of a progress bar. */
  progress: z.number().nullable(),
  /** Seconds without a record before this one; null where that is nothing to speak of. */
  silence: z.number().nullable(),
  /** Of a command: how many of the next lines are its output. */
  output: z.number(),
  /** A phase begins here. */
  phase: z.boolean(),
  /** Characters [from, to) of the text without codes that the search has found. */
  hits: z.array(z.tuple([z.number(), z.number()])),
});
export type ShownLine = z.infer<typeof shownLineSchema>;

const phaseSchema = z.object({
  id: z.string(),
  label: z.string(),
  /** Number of its first line. */
  line: z.number(),
  start: z.number(),
  /** Null while the phase goes on. */
  end: z.number().nullable(),
  failed: z.boolean(),
});

/** What a log holds, in short. */
export const logSummarySchema = z.object({
  /** Bytes up to the end of the last whole line. */
  bytes: z.number(),
  /** Lines, with the last one even while it is not whole. */
  lines: z.number(),
  /** No line has more characters to show. */
  longest: z.number(),
  phases: z.array(phaseSchema),
  /** KIWI's error; its phase is an index of `phases`. */
  error: z
    .object({ line: z.number(), name: z.string().nullable(), text: z.string(), phase: z.number().nullable() })
    .nullable(),
  /** Percent of the bar of the current phase. */
  progress: z.number().nullable(),
  packages: z.object({ done: z.number(), total: z.number() }).nullable(),
  times: z.object({ first: z.number(), last: z.number() }).nullable(),
  /** Records of these levels; errors are those that KIWI calls critical as well. */
  warnings: z.number(),
  errors: z.number(),
  /** The log has ended; null while more may come. `sha256` is that of what is stored, null where it is not known yet. */
  complete: z.object({ bytes: z.number(), sha256: z.string().nullable() }).nullable(),
});
export type LogSummary = z.infer<typeof logSummarySchema>;

/** Of a log that has not begun. */
export const emptyLog: LogSummary = {
  bytes: 0,
  lines: 0,
  longest: 0,
  phases: [],
  error: null,
  progress: null,
  packages: null,
  times: null,
  warnings: 0,
  errors: 0,
  complete: null,
};

/** News of a log that is followed: what is true now, and the newest of the lines that have come. */
export interface LogNews {
  summary: LogSummary;
  rows: ShownLine[];
}

const lineNumbers = z.array(z.int().positive());

/** Which lines are to be shown. */
export const logViewSchema = z.object({
  /** Records of this level and above, with the lines that belong to them; null = all. */
  level: z.enum(["INFO", "WARNING", "ERROR"]).nullable().default(null),
  /** Phases by the number of their first line; null = all, and what is before the first one. */
  phases: lineNumbers.max(100).nullable().default(null),
  /** So many lines around each one that fits. */
  context: z.int().min(0).max(50).default(0),
  /** Without KIWI's looking for programs, about a quarter of its records. */
  quiet: z.boolean().default(false),
  /** Phases of which only the first line is shown, by the number of that line. */
  foldedPhases: lineNumbers.max(300).default([]),
  /** Output of commands is folded. */
  foldCommands: z.boolean().default(false),
  /** Commands, by the number of their line, of which the opposite holds. */
  otherCommands: lineNumbers.max(300).default([]),
  /** Lines to show in any case. */
  also: lineNumbers.max(50).default([]),
});
export type LogView = z.infer<typeof logViewSchema>;
export const wholeLog: LogView = logViewSchema.parse({});

/** What is looked for: words as they stand, or a regular expression of JavaScript's kind. */
export const logQuerySchema = z.object({
  text: z.string().min(1).max(1000),
  regex: z.boolean().default(false),
  matchCase: z.boolean().default(false),
});
export type LogQuery = z.infer<typeof logQuerySchema>;

/** Which rows of a view are asked for. */
export const logWindowSchema = z.object({
  view: logViewSchema,
  from: z.int().nonnegative(),
  count: z.int().min(1).max(500),
  query: logQuerySchema.nullable().default(null),
});
export type LogWindowRequest = z.infer<typeof logWindowSchema>;

/** Rows of a view: `from` is the index of the first of them. */
export const logWindowAnswerSchema = z.object({
  from: z.number(),
  rows: z.array(shownLineSchema),
  /** Rows of the whole view. */
  total: z.number(),
});
export type LogWindow = z.infer<typeof logWindowAnswerSchema>;

/** Where a line stands in a view; where it is not shown, the row of the next one that is. */
export const logPlaceSchema = z.object({
  row: z.number(),
  shown: z.boolean(),
  /** The command whose output the line is. */
  command: z.number().nullable(),
});
export type LogPlace = z.infer<typeof logPlaceSchema>;

/** Lines that were found, counted without limit. */
export const logFindingsSchema = z.object({
  lines: z.number(),
  /** Lines looked through, of how many. */
  searched: z.number(),
  of: z.number(),
  /** Why the search was given up; null where it was not. */
  problem: z.string().nullable(),
  /** The line that was asked for, and which of the found lines it is, from 1. */
  hit: z.object({ line: z.number(), index: z.number() }).nullable(),
  /** Lines found in each of equal parts of the log, for a map of it. */
  map: z.array(z.number()),
});
export type LogFindings = z.infer<typeof logFindingsSchema>;

export const logSearchSchema = z.object({
  query: logQuerySchema,
  /** Which line is asked for: the next or the previous one from a line on, that one included. */
  from: z.int().positive(),
  backwards: z.boolean().default(false),
  parts: z.int().min(1).max(1000).default(200),
});
export type LogSearchRequest = z.infer<typeof logSearchSchema>;

/** Highest level in each of equal parts of the log: 0 for nothing of note, 1 for warnings, 2 for errors. */
export const logMapSchema = z.array(z.number());
export type LogMap = z.infer<typeof logMapSchema>;
