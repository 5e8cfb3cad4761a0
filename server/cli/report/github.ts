import type { Severity } from "#lib/contracts/problem.ts";
import { pathOf, type Reporter } from "./report.ts";

const commands: Record<Severity, string> = { error: "error", warning: "warning", info: "notice" };

/** Workflow commands of GitHub Actions: each problem becomes a note at its line of the pull request. */
export const githubReporter: Reporter = {
  file(report) {
    return report.problems.map((problem) => {
      const { line, column, endLine, endColumn, severity, message, code } = problem;
      const properties = {
        file: pathOf(report, problem),
        line,
        endLine,
        // Columns are shown within one line only, and their end is inclusive.
        ...(line === endLine ? { col: column, endColumn: Math.max(column, endColumn - 1) } : {}),
        title: code,
      };
      const list = Object.entries(properties).map(([key, value]) => `${key}=${propertyText(String(value))}`);
      return `::${commands[severity]} ${list.join(",")}::${dataText(message)}`;
    });
  },
  end: () => [],
};

function dataText(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function propertyText(text: string): string {
  return dataText(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
