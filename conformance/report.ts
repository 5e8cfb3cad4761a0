import { editedReport } from "./edited-report.ts";
import { isKnown } from "./known-differences.ts";
import type { Measured } from "./measure.ts";
import type { Share } from "./places.ts";
import { robustnessReport } from "./robustness-report.ts";

/** The report on what was measured, for people: docs/conformance.md. */
export function report(measured: readonly Measured[]): string {
  return `# Conformance

How far our judgement of descriptions agrees with KIWI's, and where it says more. Written by \`npm run conformance\`;
to take the measures again, with the same or with another seed:

\`\`\`sh
npm test                                # brings KIWI, the old KIWI's schema, and jing
npm run conformance                     # everything, for an hour or so; writes this file
npm run conformance -- --size 0.01 --print   # a hundredth of it, on the screen
npm run conformance -- --seed 7         # other cases
npm run conformance -- --seed 7 --kiwi 11 --replay mutants 123   # one case, with all that is said of it
\`\`\`

The cases are made from real descriptions (../shared/corpus) by a generator that makes the same from the same seed:
lists cut to two of a kind, written anew in one of many manners (comments and instructions inside, attributes over
several lines, CRLF, tabs, single quotes, CDATA, all in one line), and with mistakes put in. \`npm test\` takes a small
share of them. The suite is in \`conformance/\`.

| KIWI | schema version | lxml | libxml2 | jing | seed |
| --- | --- | --- | --- | --- | --- |
${measured.map((one) => row(one.version, one.schema, one.libraries.lxml, one.libraries.libxml2, one.jing ?? "absent", String(one.seed))).join("\n")}

## Agreement with KIWI

The same steps as KIWI's own loader takes, by KIWI's own modules: parse (libxml2), includes and upgrade (KIWI's
stylesheets), RELAX NG (lxml), Schematron (isoschematron). Compared are well-formedness, the tree after includes and
upgrade, the RELAX NG verdict, and of Schematron each broken rule with its element and text. Where RELAX NG is broken,
Schematron is asked for every fourth case only: it takes lxml ten times as long as everything else.

| KIWI | cases | compared | not well-formed | refused | RELAX NG | Schematron | valid | differences | known |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${measured.flatMap(agreementRows).join("\n")}

Known differences, each of them KIWI's:

- KIWI 9.24 applies steps of its oldest upgrades (convert38to39.xsl) whatever version a description has: an
  \`<oem-…>\` that stands wrongly in \`<preferences>\` is taken out of it, or moved into an \`<oemconfig>\` of its own. We
  say that it is not allowed there. To see one: make \`<timezone>\` an \`<oem-inplace-recovery>\`.

## Place

One mistake a document, and two to four; only documents that break RELAX NG count. "At the fault": the first problem
starts on the name, value or text that was changed, or, for what was taken away, on the name of the element that lacks
it. jing gives lines only, those at which its parser stopped; they count where they are those of the fault's tag.

| | ${measured.map(({ version }) => `KIWI ${version}`).join(" | ")} |
| --- | ${measured.map(() => "---").join(" | ")} |
${placeRows(measured).join("\n")}

## Completion

Random elements and attributes of real descriptions, their names or values taken away: what the author wrote must be
offered again. "Typed": the text ends at the cursor; "in place": the rest of the file follows.

| | ${measured.map(({ version }) => `KIWI ${version}`).join(" | ")} |
| --- | ${measured.map(() => "---").join(" | ")} |
${completionRows(measured).join("\n")}

${editedReport(measured)}
${robustnessReport(measured)}`;
}

function agreementRows({ version, agreements }: Measured): string[] {
  return agreements.map(({ suite, compared, theirs, disagreements }) => {
    const known = disagreements.filter(isKnown).length;
    const { notWellFormed, refused, relaxng, rules, valid } = theirs;
    const counts = [compared, notWellFormed, refused, relaxng, rules, valid, disagreements.length - known, known];
    return row(version, `${suite.name}: ${suite.about}`, ...counts.map(String));
  });
}

function placeRows(measured: readonly Measured[]): string[] {
  const rows: [string, (one: Measured) => Share | undefined][] = [
    ["RELAX NG verdict as jing's", ({ places }) => places?.verdicts],
    ["one mistake: first problem at the fault", ({ places }) => places?.single],
    ["the same, jing", ({ places }) => places?.jingSingle],
    ["several mistakes: each marked", ({ places }) => places?.several],
    ["the same, jing", ({ places }) => places?.jingSeveral],
    ["problems that start on a name, a value or a text", ({ places }) => places?.tokens],
    ["jing's first error: one of ours on that line with that name", ({ places }) => places?.firstErrors],
    ["all errors of jing, its cascades left out: the same", ({ places }) => places?.allErrors],
    ["documents in which we mark no line that jing leaves alone", ({ places }) => places?.extra],
  ];
  const kinds = new Set(measured.flatMap(({ places }) => [...(places?.kinds.keys() ?? [])]));
  for (const kind of [...kinds].sort()) rows.push([`one mistake: ${kind}`, ({ places }) => places?.kinds.get(kind)]);
  return rows.map(([what, of]) => row(what, ...measured.map((one) => shown(of(one)))));
}

function completionRows(measured: readonly Measured[]): string[] {
  const rows: [string, (one: Measured) => Share][] = [
    ["elements, typed", ({ completions }) => completions.elementsTyped],
    ["elements, in place", ({ completions }) => completions.elementsInPlace],
    ["attributes, typed", ({ completions }) => completions.attributesTyped],
    ["attributes, in place", ({ completions }) => completions.attributesInPlace],
    ["values that the schema lists", ({ completions }) => completions.values],
    ["texts that the schema lists", ({ completions }) => completions.texts],
    ["elements, with a slip elsewhere in the file (six kinds)", ({ completions }) => completions.faultElsewhere],
    ["elements, the name begun and its tag unfinished", ({ completions }) => completions.atFault],
    ["what may stand once and does is not offered again", ({ completions }) => completions.notTwice],
    ["put in with its snippet, the document stays valid", ({ completions }) => completions.inserted],
    ["offered elements with documentation", ({ completions }) => completions.documented],
  ];
  return rows.map(([what, of]) => row(what, ...measured.map((one) => shown(of(one)))));
}

function shown(share: Share | undefined): string {
  if (share === undefined || share.of === 0) return "not measured";
  const percent = (100 * share.good) / share.of;
  return `${share.good === share.of ? "100" : Math.min(percent, 99.99).toFixed(2)} % of ${share.of}`;
}

function row(...cells: string[]): string {
  return `| ${cells.join(" | ")} |`;
}
