/**
 * `npm run bench`: runs every `*.bench.ts` of this folder and prints a table. Times belong to this machine and this
 * moment; the ratio to the baseline is what may be compared.
 */
import { globSync } from "node:fs";
import type { Measurement } from "./measurement.ts";

interface Bench {
  /** Null where this machine lacks what the bench needs. */
  measure(): Measurement[] | null;
}

const columns = ["what", "ours", "baseline", "baseline's", "ratio"];
const rows: string[][] = [columns, columns.map(() => "---")];
for (const file of globSync("*.bench.ts", { cwd: import.meta.dirname }).sort()) {
  process.stderr.write(`${file} ...\n`);
  const { measure } = (await import(`./${file}`)) as Bench;
  const measurements = measure();
  if (measurements === null) process.stderr.write(`${file}: left out, this machine lacks what it needs\n`);
  for (const { what, ours, baseline, theirs } of measurements ?? [])
    rows.push([what, `${ours.toFixed(2)} ms`, baseline, `${theirs.toFixed(2)} ms`, (ours / theirs).toFixed(3)]);
}
const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
for (const row of rows) console.log(`| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`);
