/**
 * `npm run conformance`: compares the language service with KIWI, lxml, libxml2 and jing in full, and writes what came
 * out into docs/conformance.md. With `--seed 7` other cases, with `--size 0.1` a tenth of them, with `--print` no report
 * but on the screen, with `--replay mutants 17 --kiwi 11` one case again, with all that is said of it. `-- edits` and
 * `-- robustness` run that part alone, and print what came out.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { testKiwis } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { compareEdits, type EditDifference, replayEdits } from "./edited.ts";
import { editedReport } from "./edited-report.ts";
import { startKiwiJudge } from "./kiwi-judge.ts";
import { full, type Measured, measure, type Sizes } from "./measure.ts";
import { ourVerdict } from "./our-verdict.ts";
import { report } from "./report.ts";
import { measureRobustness } from "./robustness.ts";
import { robustnessReport } from "./robustness-report.ts";
import { suites } from "./suites.ts";
import { difference } from "./verdict.ts";

const project = join(import.meta.dirname, "..");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: "20260101" },
    size: { type: "string", default: "1" },
    print: { type: "boolean", default: false },
    replay: { type: "boolean", default: false },
    kiwi: { type: "string", default: "" },
  },
});
const kiwis = testKiwis.filter(({ version }) => version.startsWith(values.kiwi));

async function replay(suiteName: string, number: number): Promise<void> {
  for (const kiwi of kiwis) {
    const question = suites(kiwi)
      .find(({ name }) => name === suiteName)
      ?.question(Number(values.seed), number);
    if (question === undefined) throw new Error(`There is no suite "${suiteName}".`);
    const judge = await startKiwiJudge(kiwi);
    const [theirs] = await judge.judge([question]);
    judge.close();
    const ours = ourVerdict(kiwi, question);
    console.log(new TextDecoder().decode(question.text));
    console.log(`KIWI ${kiwi.version}: ${JSON.stringify(theirs, null, 2)}\nours: ${JSON.stringify(ours, null, 2)}`);
    if (ours !== null && theirs !== undefined) console.log(difference(ours, theirs, question.ask) ?? "agreed");
  }
}

const editAgain = (version: string, { seed, story, edit, what }: EditDifference) =>
  `KIWI ${version}: another ${what} after edit ${edit}: npm run conformance -- --seed ${seed} --kiwi ${version} --replay edits ${story}`;

function show({ edit, file, what, before, after, kept, anew }: EditDifference): void {
  console.log(`edit ${edit} of ${file}: another ${what}\nbefore:\n${before}\nafter:\n${after}`);
  console.log(`kept: ${JSON.stringify(kept, null, 2)}\nanew: ${JSON.stringify(anew, null, 2)}`);
}

async function runAll(): Promise<void> {
  const size = Number(values.size);
  const sizes = Object.fromEntries(Object.entries(full).map(([name, count]) => [name, Math.ceil(count * size)]));
  const measured = await Promise.all(
    kiwis.map((kiwi) => measure(kiwi, Number(values.seed), sizes as unknown as Sizes, (line) => console.error(line))),
  );
  await keepMisses(measured);
  const text = report(measured);
  if (values.print) console.log(text);
  else await writeFile(join(project, "docs/conformance.md"), text);
}

/** What did not go as it should, for whoever mends it. */
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
    for (const one of edited.differences) console.error(editAgain(version, one));
    for (const { suite, number, seed, what } of disagreements) {
      console.error(
        `KIWI ${version}: ${what}: npm run conformance -- --seed ${seed} --kiwi ${version} --replay "${suite}" ${number}`,
      );
    }
  }
}

/** The parts that need no KIWI can be run alone. */
async function runPart(name: string): Promise<void> {
  const [seed, size] = [Number(values.seed), Number(values.size)];
  for (const kiwi of kiwis) {
    const { version } = kiwi;
    const say = (done: number) => console.error(`KIWI ${version}: ${name} ${done}`);
    if (name === "edits") {
      const edited = compareEdits(kiwi, seed, Math.ceil(full.edits * size), say);
      for (const one of edited.differences) console.error(editAgain(version, one));
      console.log(editedReport([{ version, edited }]));
    } else if (name === "robustness") {
      const robustness = await measureRobustness(kiwi, seed, Math.ceil(full.truncations * size));
      console.log(robustnessReport([{ version, robustness }]));
    } else throw new Error(`There is no part "${name}"; edits and robustness can be run alone.`);
  }
}

if (values.replay && positionals[0] === "edits") {
  for (const kiwi of kiwis) for (const one of replayEdits(kiwi, Number(values.seed), Number(positionals[1]))) show(one);
} else if (values.replay) await replay(positionals[0] ?? "", Number(positionals[1]));
else if (positionals[0] !== undefined) await runPart(positionals[0]);
else await runAll();
