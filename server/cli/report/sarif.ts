import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import type { Severity, ValidationReport } from "#lib/contracts/problem.ts";
import { explain } from "#lib/kiwi/catalogue/index.ts";
import { onlyNew, pathOf, type Reporter } from "./report.ts";

const levels: Record<Severity, string> = { error: "error", warning: "warning", info: "note" };

/** SARIF 2.1.0, which services for the analysis of code read: one document for all files. */
export function sarifReporter(): Reporter {
  const reports: ValidationReport[] = [];
  const newOnes = onlyNew();
  return {
    file(report) {
      reports.push({ ...report, problems: newOnes(report) });
      return [];
    },
    end: () => [JSON.stringify(sarifOf(reports), null, 2)],
  };
}

function sarifOf(reports: readonly ValidationReport[]) {
  const codes = [...new Set(reports.flatMap(({ problems }) => problems.map(({ code }) => code)))].sort();
  const results = reports.flatMap((report) =>
    report.problems.map((problem) => ({
      ruleId: problem.code,
      ruleIndex: codes.indexOf(problem.code),
      level: levels[problem.severity],
      message: { text: problem.message },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: uriOf(pathOf(report, problem)) },
            region: {
              startLine: problem.line,
              startColumn: problem.column,
              endLine: problem.endLine,
              endColumn: problem.endColumn,
            },
          },
        },
      ],
    })),
  );
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      { tool: { driver: { name: "KIWI Workbench", rules: codes.map(ruleOf) } }, columnKind: "utf16CodeUnits", results },
    ],
  };
}

function ruleOf(code: string) {
  const entry = explain(code);
  if (entry === undefined) return { id: code };
  const { title, meaning, remedy, severity, layer } = entry;
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: meaning },
    help: { text: `${meaning} ${remedy}`, markdown: `${meaning}\n\n${remedy}` },
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: [layer] },
  };
}

/** Relative paths stay relative, so that whoever reads the document finds the file in the repository. */
function uriOf(path: string): string {
  return isAbsolute(path) ? pathToFileURL(path).href : path.split("/").map(encodeURIComponent).join("/");
}
