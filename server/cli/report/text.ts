import { pathOf, type Reporter } from "./report.ts";

/** For people: one line a problem, as compilers write it. */
export const textReporter: Reporter = {
  file(report) {
    const lines = report.problems.map((problem) => {
      const { line, column, severity, message, code } = problem;
      return `${pathOf(report, problem)}:${line}:${column}: ${severity}: ${message} [${code}]`;
    });
    return [...lines, `${report.file}: ${report.valid ? "valid" : "invalid"}`];
  },
  end: () => [],
};

/** For programs: one JSON object a file. */
export const jsonReporter: Reporter = {
  file: (report) => [JSON.stringify(report)],
  end: () => [],
};
