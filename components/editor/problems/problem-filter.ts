import type { Layer, Severity } from "#lib/contracts/problem.ts";
import type { FileProblem } from "../language/protocol.ts";

/** What somebody wants to see of the problems. */
export interface ProblemFilter {
  /** Severities that are not shown. */
  hidden: ReadonlySet<Severity>;
  /** The only layer that is shown; null = all. */
  layer: Layer | null;
  /** Words that the message, the code or the file must all hold. */
  text: string;
}

export const noFilter: ProblemFilter = { hidden: new Set(), layer: null, text: "" };

/** What the layers are called beside their problems. */
export const layerWords: Record<Layer, string> = {
  syntax: "Well-formedness",
  include: "Includes",
  version: "Schema version",
  relaxng: "Schema",
  schematron: "Schema rules",
  runtime: "KIWI's checks",
  lint: "Advice",
  shell: "ShellCheck",
};

export function filterProblems(
  problems: readonly FileProblem[],
  { hidden, layer, text }: ProblemFilter,
): FileProblem[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return problems.filter((problem) => {
    if (hidden.has(problem.severity) || (layer !== null && problem.layer !== layer)) return false;
    const said = `${problem.message} ${problem.code} ${problem.file}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

/** The layers that have problems, in the order in which they are checked. */
export function layersOf(problems: readonly FileProblem[]): Layer[] {
  const present = new Set(problems.map(({ layer }) => layer));
  return (Object.keys(layerWords) as Layer[]).filter((layer) => present.has(layer));
}

/** Sorted problems by file, in the order in which the files come. */
export function groupByFile(sorted: readonly FileProblem[]): { file: string; problems: FileProblem[] }[] {
  const groups = Map.groupBy(sorted, ({ file }) => file);
  return [...groups].map(([file, problems]) => ({ file, problems }));
}
