import type { Completions } from "./completions.ts";
import { isKnown } from "./known-differences.ts";
import type { Measured } from "./measure.ts";
import type { Places, Share } from "./places.ts";

/** A measure, as a line of the report, and the least share that is good enough; null where it only tells something. */
export interface Row<T> {
  what: string;
  of: (measured: T) => Share;
  least: number | null;
}

export const placeRows: readonly Row<Places>[] = [
  { what: "RELAX NG verdict as jing's", of: ({ verdicts }) => verdicts, least: 1 },
  { what: "one mistake: first problem at the fault", of: ({ single }) => single, least: 0.985 },
  { what: "the same, jing", of: ({ jingSingle }) => jingSingle, least: null },
  { what: "the same in an older schema version, in the author's text", of: ({ older }) => older, least: 0.985 },
  { what: "several mistakes: each marked", of: ({ several }) => several, least: 0.985 },
  { what: "the same, jing", of: ({ jingSeveral }) => jingSeveral, least: null },
  { what: "problems that start on a name, a value or a text", of: ({ tokens }) => tokens, least: 1 },
  {
    what: "jing's first error: one of ours on that line with that name",
    of: ({ firstErrors }) => firstErrors,
    least: 0.995,
  },
  { what: "... and it says the same", of: ({ meanings }) => meanings, least: 0.99 },
  { what: "all errors of jing, its cascades left out: the same", of: ({ allErrors }) => allErrors, least: 0.985 },
  { what: "errors of jing that we lack: proven to repeat another one", of: ({ echoes }) => echoes, least: null },
  { what: "documents in which we mark no line that jing leaves alone", of: ({ extra }) => extra, least: 0.995 },
];

export const completionRows: readonly Row<Completions>[] = [
  { what: "elements, typed", of: ({ elementsTyped }) => elementsTyped, least: 1 },
  { what: "elements, in place", of: ({ elementsInPlace }) => elementsInPlace, least: 1 },
  { what: "attributes, typed", of: ({ attributesTyped }) => attributesTyped, least: 1 },
  { what: "attributes, in place", of: ({ attributesInPlace }) => attributesInPlace, least: 1 },
  { what: "values that the schema lists", of: ({ values }) => values, least: 0.999 },
  { what: "texts that the schema lists", of: ({ texts }) => texts, least: 0.999 },
  {
    what: "elements, with a slip elsewhere in the file (six kinds)",
    of: ({ faultElsewhere }) => faultElsewhere,
    least: 0.995,
  },
  { what: "elements, the name begun and its tag unfinished", of: ({ atFault }) => atFault, least: 1 },
  { what: "what may stand once and does is not offered again", of: ({ notTwice }) => notTwice, least: 1 },
  { what: "put in with its required parts, the document stays valid", of: ({ inserted }) => inserted, least: 1 },
  { what: "marked as not fitting: put in, it breaks a rule and nothing else", of: ({ marked }) => marked, least: 1 },
  { what: "offered elements with documentation", of: ({ documented }) => documented, least: 1 },
  { what: "elements and attributes of the schema with documentation", of: ({ declared }) => declared, least: 1 },
];

/** What is worse than it may be, in words. */
export function shortfalls({ version, agreements, places, completions, edited }: Measured): string[] {
  const below = <T>(rows: readonly Row<T>[], measured: T) =>
    rows
      .filter(({ of, least }) => least !== null && of(measured).good < least * of(measured).of)
      .map(({ what, of, least }) => `${what}: ${of(measured).good} of ${of(measured).of}, not ${100 * (least ?? 0)} %`);
  const differences = agreements
    .map(({ suite, disagreements }) => ({ suite, count: disagreements.filter((one) => !isKnown(one)).length }))
    .filter(({ count }) => count > 0)
    .map(({ suite, count }) => `${suite.name}: ${count} differences`);
  return [
    ...differences,
    ...(places === null ? [] : below(placeRows, places)),
    ...below(completionRows, completions),
    ...(edited.differences.length === 0 ? [] : [`edits: ${edited.differences.length} differences`]),
  ].map((line) => `KIWI ${version}: ${line}`);
}
