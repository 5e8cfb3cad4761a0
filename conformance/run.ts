/**
 * `npm run conformance`: compares the language service with KIWI, lxml, libxml2 and jing, and writes what came out into
 * docs/conformance.md. A quarter of the cases, or with `--size 1` all of them; with `--seed 7` others, with `--kiwi 11`
 * one KIWI only, with `--print` no report but on the screen; `-- edits` and `-- robustness` take these measures alone.
 * Each case that went wrong is named with the command that shows it again, for example `--seed 7 --kiwi 11 --replay
 * mutants 17`. Fails where a measure is worse than it may be.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { testKiwis } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { compareEdits } from "./edited.ts";
import { editedReport } from "./edited-report.ts";
import { isKnown } from "./known-differences.ts";
import { countOf, type Measured, measure, numbersOf } from "./measure.ts";
import { replay } from "./replay.ts";
import { report } from "./report.ts";
import { measureRobustness } from "./robustness.ts";
import { robustnessReport } from "./robustness-report.ts";
import { shortfalls } from "./rows.ts";
import { measureEdits } from "./structure-edits.ts";

const project = join(import.meta.dirname, "..");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: "20260101" },
    size: { type: "string", default: "0.25" },
    print: { type: "boolean", default: false },
    replay: { type: "boolean", default: false },
    kiwi: { type: "string", default: "" },
  },
});
const kiwis = testKiwis.filter(({ version }) => version.startsWith(values.kiwi));
const seed = Number(values.seed);

async function runAll(): Promise<void> {
  const size = Number(values.size);
  const measured = await Promise.all(kiwis.map((kiwi) => measure(kiwi, seed, size, (line) => console.error(line))));
  const edits = await measureEdits(seed, numbersOf("structure edits", size));
  await keepMisses(measured);
  for (const { what, number } of edits.misses) tell(what, "structure edits", number);
  const text = report(measured, edits.same);
  if (values.print) console.log(text);
  else await writeFile(join(project, "docs/conformance.md"), text);
  const short = measured.flatMap(shortfalls);
  if (edits.misses.length > 0) short.push(`Structure edits: ${edits.misses.length} differences`);
  for (const line of short) console.error(line);
  if (short.length > 0) process.exitCode = 1;
}

/** What did not go as it should, for whoever mends it: in short here, with all that is known of it in a file. */
async function keepMisses(measured: readonly Measured[]): Promise<void> {
  const folder = join(project, ".cache/conformance");
  await mkdir(folder, { recursive: true });
  for (const { version, agreements, places, completions, edited } of measured) {
    const disagreements = agreements.flatMap((one) => one.disagreements);
    const misses = {
      disagreements,
      places: places?.misses ?? [],
      completions: completions.misses,
      edits: edited.differences,
    };
    await writeFile(join(folder, `${version}.json`), JSON.stringify(misses, null, 2));
    for (const one of disagreements) {
      tell(isKnown(one) ? `${one.what} (known)` : one.what, one.suite, one.number, version);
    }
    for (const { what, number } of misses.places) tell(what, "places", number, version);
    for (const { what, number } of misses.completions) tell(what, "completions", number, version);
    for (const { what, edit, story } of misses.edits)
      tell(`another ${what} after edit ${edit}`, "edits", story, version);
  }
}

function tell(what: string, suite: string, number: number, kiwi = kiwis[0]?.version): void {
  console.error(
    `KIWI ${kiwi}: ${what}: npm run conformance -- --seed ${seed} --kiwi ${kiwi} --replay "${suite}" ${number}`,
  );
}

/** The parts that need no KIWI can be run alone. */
async function runPart(name: string): Promise<void> {
  const size = Number(values.size);
  for (const kiwi of kiwis) {
    const { version } = kiwi;
    if (name === "edits") {
      const edited = compareEdits(kiwi, seed, countOf("edits", size), (done) => console.error(`${version}: ${done}`));
      for (const { what, edit, story } of edited.differences)
        tell(`another ${what} after edit ${edit}`, "edits", story, version);
      if (edited.differences.length > 0) process.exitCode = 1;
      console.log(editedReport([{ version, edited }]));
    } else if (name === "robustness") {
      const robustness = await measureRobustness(kiwi, seed, size);
      console.log(robustnessReport([{ version, robustness }]));
    } else throw new Error(`There is no part "${name}"; edits and robustness can be run alone.`);
  }
}

if (!values.replay) await (positionals[0] === undefined ? runAll() : runPart(positionals[0]));
else for (const kiwi of kiwis) await replay(kiwi, seed, positionals[0] ?? "", Number(positionals[1]));
