import { dirname, join } from "node:path";
import type { Problem, ValidationReport } from "#lib/contracts/problem.ts";

/** Says what was found in files, in one form. */
export interface Reporter {
  /** Lines to print as soon as a file is checked. */
  file(report: ValidationReport): string[];
  /** Lines to print when all files are checked. */
  end(): string[];
}

/** The path of the file that holds a problem, seen from where the command was given. */
export function pathOf(report: ValidationReport, problem: Problem): string {
  return problem.file === undefined ? report.file : join(dirname(report.file), problem.file);
}

/** Leaves out what was told of a file before: several descriptions may share it. */
export function onlyNew(): (report: ValidationReport) => Problem[] {
  const told = new Set<string>();
  return (report) =>
    report.problems.filter((problem) => {
      const key = JSON.stringify({ ...problem, file: pathOf(report, problem) });
      return !told.has(key) && told.add(key);
    });
}
