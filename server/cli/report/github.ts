import type { Problem, Severity } from "#lib/contracts/problem.ts";
import { onlyNew, pathOf, type Reporter } from "./report.ts";

const commands: Record<Severity, string> = { error: "error", warning: "warning", info: "notice" };

/** Workflow commands of GitHub Actions: each problem becomes a note at its line of the pull request. */
export function githubReporter(): Reporter {
  const newOnes = onlyNew();
  return {
    file: (report) => newOnes(report).map((problem) => annotation(pathOf(report, problem), problem)),
    end: () => [],
  };
}

function annotation(file: string, problem: Problem): string {
  const { line, column, endLine, endColumn, severity, message, code } = problem;
  const properties = {
    file,
    line,
    endLine,
    // Columns are shown within one line only, and their end is inclusive.
    ...(line === endLine ? { col: column, endColumn: Math.max(column, endColumn - 1) } : {}),
    title: code,
  };
  const list = Object.entries(properties).map(([key, value]) => `${key}=${propertyText(String(value))}`);
  return `::${commands[severity]} ${list.join(",")}::${dataText(message)}`;
}

function dataText(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function propertyText(text: string): string {
  return dataText(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
