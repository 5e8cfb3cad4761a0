import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Problem } from "#lib/contracts/problem.ts";
import { requestFor } from "./testing/marked.test-support.ts";
import { mutate, randomNumbers, vocabulary } from "./testing/mutants.test-support.ts";
import { corpus, kiwiPython, testLanguage, testSchema } from "./testing/schema.test-support.ts";

/** Another seed gives other mutants; a failure names the one that was used. */
const seed = Number(process.env["KIWI_WORKBENCH_TEST_SEED"] ?? 20_260_101);
const count = Number(process.env["KIWI_WORKBENCH_TEST_MUTANTS"] ?? 300);

/** What `kiwi-verdict.py` prints for each text. */
type Verdict =
  | { wellFormed: false; error: string }
  | { wellFormed: true; upgraded: false; error: string }
  | { wellFormed: true; upgraded: true; relaxng: boolean; schematron: boolean; messages: string[]; error?: string };

async function* kiwiVerdicts(python: string, texts: readonly string[]): AsyncGenerator<Verdict> {
  const script = fileURLToPath(new URL("testing/kiwi-verdict.py", import.meta.url));
  const child = spawn(python, [script], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(texts.map((text) => `${JSON.stringify({ text })}\n`).join(""));
  try {
    for await (const line of createInterface({ input: child.stdout })) yield JSON.parse(line) as Verdict;
  } finally {
    child.kill();
  }
}

/** In what our problems differ from KIWI's verdict; null where they agree. */
function difference(problems: readonly Problem[], kiwi: Verdict): string | null {
  const errors = problems.filter((problem) => problem.severity === "error");
  const of = (...layers: string[]) => errors.filter((problem) => layers.includes(problem.layer));
  const syntax = of("syntax").length === 0;
  if (syntax !== kiwi.wellFormed) return "well-formedness";
  if (!kiwi.wellFormed) return null;
  const relaxng = of("relaxng", "version", "include").length === 0;
  if (relaxng !== (kiwi.upgraded && kiwi.relaxng)) return "relaxng";
  if (!kiwi.upgraded) return null;
  // Rules are silent on elements that lack a required attribute.
  const incomplete = errors.some((problem) => problem.code === "missing-attribute");
  const rules = of("schematron").length === 0;
  return rules === kiwi.schematron || (incomplete && rules) ? null : "schematron";
}

test.skipIf(corpus === null || kiwiPython === null)(
  `of ${count} mutants of real descriptions we say what KIWI says`,
  { timeout: 600_000 },
  async () => {
    const { verdicts } = JSON.parse(readFileSync(join(corpus ?? "", "verdicts.json"), "utf8")) as {
      verdicts: Record<string, { valid: boolean }>;
    };
    const originals = Object.keys(verdicts)
      .map((path) => readFileSync(join(corpus ?? "", path), "utf8"))
      .filter((text) => text.includes("<image") && !text.includes("<include") && text.length < 9000);
    const words = vocabulary(testSchema());
    const random = randomNumbers(seed);
    const mutants = Array.from({ length: count }, () =>
      mutate(originals[random(originals.length)] ?? "", words, random),
    );

    const differences: unknown[] = [];
    let compared = 0;
    for await (const kiwi of kiwiVerdicts(kiwiPython ?? "", mutants)) {
      const text = mutants[compared++] ?? "";
      const problems = testLanguage().validate(requestFor(text));
      const what = difference(problems, kiwi);
      if (what !== null) differences.push({ seed, mutant: compared, what, kiwi, problems, text });
    }
    expect(compared).toBe(count);
    expect(differences).toEqual([]);
  },
);
