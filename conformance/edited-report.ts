import type { Measured } from "./measure.ts";

/** What came out of editing at random. */
export function editedReport(measured: readonly Pick<Measured, "version" | "edited">[]): string {
  const rows = measured.map(({ version, edited }) => {
    const { edits, broken, problems, differences } = edited;
    return `| ${version} | ${edits} | ${broken} | ${problems} | ${differences.length} |`;
  });
  return `## Typing

Random edits of real descriptions, those with their includes among them: what people type, delete, paste and move. After
each edit the tree, the places and the problems that were worked out from what was known before are compared with those
of reading all anew.

| KIWI | edits | that left a text which is not well-formed | problems compared | differences |
| --- | --- | --- | --- | --- |
${rows.join("\n")}
`;
}
