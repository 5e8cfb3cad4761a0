import type { LogLevel } from "./segment.ts";
import { logLevels } from "./segment.ts";

/**
 * What an index keeps of a line, in one byte: bits 0 to 2 the level of its record (0 for none), then what it is.
 */
export type LineFlags = number;

const levelBits = 7;
/** A record begins here. */
export const isRecord = 8;
export const isCommand = 16;
/** What a command has printed, and what KIWI said of it at level DEBUG. */
export const isOutput = 32;
export const beginsPhase = 64;
/** KIWI looks for a program: about a quarter of all records, and of no use to anybody. */
export const isChatter = 128;

export const levelFlags = (level: LogLevel | null): LineFlags => (level === null ? 0 : logLevels.indexOf(level) + 1);

export const levelOf = (flags: LineFlags): LogLevel | null => logLevels[(flags & levelBits) - 1] ?? null;

/** Comparable: 0 for no level, 5 for CRITICAL. */
export const severityOf = (flags: LineFlags): number => flags & levelBits;
