import type { KiwiLog } from "./log.ts";

/**
 * What of a line is chance: addresses in memory, identifiers, temporary names, times, sizes, counts and rates. Applied
 * in this order.
 */
const noise: readonly [RegExp, string][] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, "#"],
  // What mktemp and Python's tempfile make of a name.
  [/(?<=[/._-](?:kiwi|tmp|temp)[\w.-]*[._-]?)[A-Za-z0-9_]{6,}/g, "#"],
  [/\/tmp\/\S+/g, "/tmp/#"],
  [/\b0x[0-9a-f]+\b/gi, "#"],
  [/\b(?=[0-9a-f]*\d)[0-9a-f]{12,}\b/gi, "#"],
  [/\d+(?:[.,:]\d+)*(?: ?(?:[kKMG]i?B|B)(?:\/s)?\b)?/g, "#"],
  [/[ \t]+/g, " "],
];

/** A line without what differs from build to build by chance. */
export function withoutNoise(line: string): string {
  return noise.reduce((text, [pattern, by]) => text.replace(pattern, by), line).trim();
}

/** Records that say nothing of the build itself. */
const chatter = /^Looking for \S+ in /;

export interface LogDifference {
  /** Number in the stored log, from 1. */
  line: number;
  text: string;
}

/**
 * The first lines of a log that the log of a good build does not have, whatever their order: noise and repetitions are
 * left out, so that the first of them tends to be where the two builds parted.
 */
export function firstDifferences(log: KiwiLog, good: KiwiLog, limit: number): LogDifference[] {
  const known = new Set<string>();
  for (let index = 0; index < good.lineCount; index++) known.add(withoutNoise(good.plainText(index)));
  const found: LogDifference[] = [];
  for (let index = 0; index < log.lineCount && found.length < limit; index++) {
    const text = log.plainText(index);
    if (chatter.test(text)) continue;
    const plain = withoutNoise(text);
    if (plain === "" || known.has(plain)) continue;
    known.add(plain);
    found.push({ line: log.line(index).number, text: text.slice(0, 500) });
  }
  return found;
}
