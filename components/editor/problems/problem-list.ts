import type { Severity } from "#lib/contracts/problem.ts";
import type { FileProblem } from "../language/protocol.ts";

/** How many problems there are of each severity. */
export type Counts = Record<Severity, number>;

export function countProblems(problems: readonly FileProblem[]): Counts {
  const counts: Counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of problems) counts[severity]++;
  return counts;
}

/** "2 errors, 1 warning"; what there is none of is not said, and nothing at all gives "No problems". */
export function countsInWords({ error, warning, info }: Counts): string {
  const parts = [inWords(error, "error"), inWords(warning, "warning"), inWords(info, "note")].filter(Boolean);
  return parts.join(", ") || "No problems";
}

const inWords = (count: number, word: string) => (count === 0 ? "" : countInWords(count, word));

export const countInWords = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;

/** Reading order: the image file first, then the others by name, each from top to bottom. */
export function sortProblems(problems: readonly FileProblem[], main: string): FileProblem[] {
  return [...problems].sort((a, b) => compareFiles(a.file, b.file, main) || a.line - b.line || a.column - b.column);
}

function compareFiles(a: string, b: string, main: string): number {
  return Number(b === main) - Number(a === main) || a.localeCompare(b, "en", { numeric: true });
}

/** Where the cursor stands. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

/** The problem after (`step` 1) or before (-1) a place in a sorted list; it goes round at the ends. */
export function neighbour(
  sorted: readonly FileProblem[],
  place: Place,
  main: string,
  step: 1 | -1,
): FileProblem | undefined {
  const compare = (problem: FileProblem) =>
    compareFiles(problem.file, place.file, main) || problem.line - place.line || problem.column - place.column;
  if (step === 1) return sorted.find((problem) => compare(problem) > 0) ?? sorted[0];
  return sorted.findLast((problem) => compare(problem) < 0) ?? sorted.at(-1);
}
