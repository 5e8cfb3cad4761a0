import { editedReport } from "./edited-report.ts";
import { isKnown } from "./known-differences.ts";
import type { Measured } from "./measure.ts";
import type { Places, Share } from "./places.ts";
import { robustnessReport } from "./robustness-report.ts";
import { completionRows, placeRows } from "./rows.ts";

/** The report on what was measured, for people: docs/conformance.md. */
export function report(measured: readonly Measured[], edits: Share): string {
  return `# Conformance

How far our judgement of descriptions agrees with KIWI's, and where it says more. Written by \`npm run conformance\`;
to take the measures again, with the same or with another seed:

\`\`\`sh
npm test                                # brings KIWI, the old KIWI's schema, and jing
npm run conformance                     # a quarter of the cases; writes this file
npm run conformance -- --size 1         # all cases, for a quarter of an hour or so
npm run conformance -- --size 0.01 --print   # a hundredth of them, on the screen
npm run conformance -- --seed 7         # other cases
npm run conformance -- --seed 7 --kiwi 11 --replay mutants 123   # one case, with all that is said of it
\`\`\`

The cases are made from real descriptions (../shared/corpus) by a generator that makes the same from the same seed:
lists cut to two of a kind, written anew in one of many manners (comments and instructions inside, attributes over
several lines, CRLF, tabs, single quotes, CDATA, all in one line), and with mistakes put in. \`npm test\` takes a small
share of them. The suite is in \`conformance/\`. It fails where a measure is below the least that is written beside it,
or where a difference is not one of the known ones, and names each case that went wrong with the command that shows it.

| KIWI | schema version | lxml | libxml2 | jing | seed | cases |
| --- | --- | --- | --- | --- | --- | --- |
${measured.map((one) => row(one.version, one.schema, one.libraries.lxml, one.libraries.libxml2, one.jing ?? "absent", String(one.seed), one.size === 1 ? "all" : `${100 * one.size} %`)).join("\n")}

## Agreement with KIWI

The same steps as KIWI's own loader takes, by KIWI's own modules: parse (libxml2), includes and upgrade (KIWI's
stylesheets), RELAX NG (lxml), Schematron (isoschematron). Compared are well-formedness, the tree after includes and
upgrade, the RELAX NG verdict, and of Schematron each broken rule with its element and text. Where RELAX NG is broken,
Schematron is asked for every fourth case only: it takes lxml ten times as long as everything else.

| KIWI | cases | compared | not well-formed | refused | RELAX NG | Schematron | valid | with broken rules | differences | known |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${measured.flatMap(agreementRows).join("\n")}

Known differences, each of them KIWI's:

- KIWI 9.24 applies steps of its oldest upgrades (convert38to39.xsl) whatever version a description has: an
  \`<oem-…>\` that stands wrongly in \`<preferences>\` is taken out of it, or moved into an \`<oemconfig>\` of its own. We
  say that it is not allowed there. To see one: make \`<timezone>\` an \`<oem-inplace-recovery>\`.
- Of a root \`<oemconfig>\` the same steps leave nothing, and KIWI 9.24 ends with a traceback. We say that the root must
  be \`<image>\`. To see one: make \`<image>\` an \`<oemconfig>\`.

## Place

One mistake a document, and two to four; only documents that break RELAX NG count. "At the fault": the first problem
starts on the name, value or text that was changed, or, for what was taken away, on the name of the element that lacks
it. jing gives lines only, those at which its parser stopped; they count where they are those of the fault's tag. Documents
whose schema version is missing or no number are left out here: KIWI 9 takes them for the oldest of all and upgrades
them first, so that jing, which knows of no upgrade, would judge another document.

For a misspelt name that is required jing reports two errors: one name too many, and later one too few. We report one,
with the right name. That the second tells nothing new is proven by jing itself: in each such case, once the name that
we mark is changed as we offer, its error is gone. Such errors are counted in a line of their own.

| | ${measured.map(({ version }) => `KIWI ${version}`).join(" | ")} | at least |
| --- | ${measured.map(() => "---").join(" | ")} | --- |
${placeLines(measured).join("\n")}

## Completion

Random elements and attributes of real descriptions, their names or values taken away: what the author wrote must be
offered again. "Typed": the text ends at the cursor; "in place": the rest of the file follows. Something offered is put
in with all that its snippet brings and with values that fit, as its author would choose them. What a rule of the schema
forbids as things stand, such as an attribute for another image type, is offered last and says so: it is counted apart.

| | ${measured.map(({ version }) => `KIWI ${version}`).join(" | ")} | at least |
| --- | ${measured.map(() => "---").join(" | ")} | --- |
${completionLines(measured).join("\n")}

## Structure edits

What the fixes and views change in a text: attributes and elements set, renamed, inserted, moved, wrapped, taken out, in
real descriptions in all manners of writing. lxml makes the same change in its own tree; compared are the canonical forms
(C14N) of its tree and of our text, blanks in character data collapsed. What no edit names stays as it is, byte by byte.

| | | at least |
| --- | --- | --- |
| the text is well-formed, and lxml's canonical form that of the same change made by lxml | ${shown(edits)} | 100 % |

${editedReport(measured)}
${robustnessReport(measured)}`;
}

function agreementRows({ version, agreements }: Measured): string[] {
  return agreements.map(({ suite, compared, theirs, broken, disagreements }) => {
    const known = disagreements.filter(isKnown).length;
    const { notWellFormed, refused, relaxng, rules, valid } = theirs;
    const counts = [
      compared,
      notWellFormed,
      refused,
      relaxng,
      rules,
      valid,
      broken,
      disagreements.length - known,
      known,
    ];
    return row(version, `${suite.name}: ${suite.about}`, ...counts.map(String));
  });
}

function placeLines(measured: readonly Measured[]): string[] {
  const kinds = new Set(measured.flatMap(({ places }) => [...(places?.kinds.keys() ?? [])]));
  const cells = (of: (places: Places) => Share | undefined) =>
    measured.map(({ places }) => shown(places === null ? undefined : of(places)));
  return [
    ...placeRows.map(({ what, of, least }) => row(what, ...cells(of), percent(least))),
    ...[...kinds].sort().map((kind) => row(`one mistake: ${kind}`, ...cells(({ kinds: of }) => of.get(kind)), "")),
  ];
}

function completionLines(measured: readonly Measured[]): string[] {
  return completionRows.map(({ what, of, least }) =>
    row(what, ...measured.map(({ completions }) => shown(of(completions))), percent(least)),
  );
}

function percent(least: number | null): string {
  return least === null ? "" : `${Math.round(1000 * least) / 10} %`;
}

function shown(share: Share | undefined): string {
  if (share === undefined || share.of === 0) return "not measured";
  const percent = (100 * share.good) / share.of;
  return `${share.good === share.of ? "100" : Math.min(percent, 99.99).toFixed(2)} % of ${share.of}`;
}

function row(...cells: string[]): string {
  return `| ${cells.join(" | ")} |`;
}
