import type { editor } from "monaco-editor/editor";
import type { Problem, Severity } from "#lib/contracts/problem.ts";

/** The numbers of Monaco's `MarkerSeverity`, written here so that tests need not load an editor. */
const severities: Record<Severity, editor.IMarkerData["severity"]> = { error: 8, warning: 4, info: 2 };

/** How Monaco draws a problem. A problem without extent, at the end of a text say, still gets a mark of one column. */
export function markerOf(problem: Problem): editor.IMarkerData {
  const empty = problem.line === problem.endLine && problem.column === problem.endColumn;
  return {
    startLineNumber: problem.line,
    startColumn: problem.column,
    endLineNumber: problem.endLine,
    endColumn: empty ? problem.endColumn + 1 : problem.endColumn,
    severity: severities[problem.severity],
    message: problem.message,
    source: problem.layer,
    code: problem.code,
  };
}
