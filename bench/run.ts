/**
 * `npm run bench` runs every `*.bench.ts` of this folder and prints a table; `npm run bench -- engine editor` runs those
 * two; with `--json` the last line is one JSON object of all that was measured. `--lines` and `--cuts` are for `log`.
 * `cancel 50 --seed 7 --span 60` ends 50 builds, `rebuild script type` builds again after these edits. Times
 * belong to this machine and this moment; the ratio to the baseline is what may be compared.
 */
import { globSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Measurement } from "./measurement.ts";

interface Bench {
  /** Null where this machine lacks what the bench needs. */
  measure(options: Sizes): Measurement[] | null | Promise<Measurement[] | null>;
  /** What it has measured, by name: the last line of `--json` where it is the only one. */
  figures?(): object | null;
}

/** How much to measure, where that is not the usual. */
interface Sizes {
  lines?: number;
  cuts?: number;
}

const { values, positionals } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    lines: { type: "string" },
    cuts: { type: "string" },
    seed: { type: "string" },
    span: { type: "string" },
  },
  allowPositionals: true,
});
// These two are not among the others: each makes real builds for many minutes, and prints its figures as JSON.
if (positionals[0] === "cancel") {
  const { measureCancel } = await import("./cancel.ts");
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  const order = { seed: number(values.seed), span: number(values.span) };
  console.log(JSON.stringify(await measureCancel(Number(positionals[1] ?? 50), order)));
  process.exit();
}

if (positionals[0] === "rebuild") {
  const { EDIT_NAMES, measureRebuild } = await import("./rebuild.ts");
  console.log(JSON.stringify(await measureRebuild(positionals.length > 1 ? positionals.slice(1) : EDIT_NAMES)));
  process.exit();
}

const known = globSync("*.bench.ts", { cwd: import.meta.dirname })
  .map((file) => file.replace(/\.bench\.ts$/, ""))
  .sort();
const unknown = positionals.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no benchmark ${unknown.join(", ")}; there are ${known.join(", ")}.\n`);
  process.exit(2);
}

const sizes: Sizes = {
  ...(values.lines === undefined ? {} : { lines: Number(values.lines) }),
  ...(values.cuts === undefined ? {} : { cuts: Number(values.cuts) }),
};
let figures: object | null = null;
const results: Record<string, Measurement[] | null> = {};
for (const name of positionals.length > 0 ? positionals : known) {
  process.stderr.write(`${name} ...\n`);
  const bench = (await import(`./${name}.bench.ts`)) as Bench;
  results[name] = await bench.measure(sizes);
  if (positionals.length === 1) figures = bench.figures?.() ?? null;
  if (results[name] === null) process.stderr.write(`${name}: left out, this machine lacks what it needs\n`);
}

const withRatio = ({ ours, theirs, ...rest }: Measurement) =>
  theirs === undefined ? { ...rest, ours } : { ...rest, ours, theirs, ratio: ours / theirs };

const columns = ["what", "ours", "baseline", "baseline's", "ratio"];
const rows: string[][] = [columns, columns.map(() => "---")];
for (const { what, ours, unit = "ms", baseline = "", theirs } of Object.values(results).flatMap((list) => list ?? [])) {
  const compared = theirs === undefined ? ["", ""] : [`${theirs.toFixed(2)} ${unit}`, (ours / theirs).toFixed(3)];
  rows.push([what, `${ours.toFixed(2)} ${unit}`, baseline, ...compared]);
}
const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
for (const row of rows) console.log(`| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`);
if (values.json) {
  const entries = Object.entries(results).map(([name, list]) => [name, list?.map(withRatio) ?? null]);
  console.log(JSON.stringify(figures ?? Object.fromEntries(entries)));
}
