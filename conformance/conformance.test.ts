import { expect, test } from "vitest";
import { corpus, kiwiPython, testKiwis } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { compare } from "./agreement.ts";
import { measureCompletions } from "./completions.ts";
import { jingVersion } from "./jing.ts";
import { startKiwiJudge } from "./kiwi-judge.ts";
import { isKnown } from "./known-differences.ts";
import { measurePlaces, type Share } from "./places.ts";
import { suites } from "./suites.ts";

/** Another seed gives other cases; a failure names the one that was used. */
const seed = Number(process.env["KIWI_WORKBENCH_TEST_SEED"] ?? 20_260_101);
const mutants = Number(process.env["KIWI_WORKBENCH_TEST_MUTANTS"] ?? 150);
const counts: Record<string, number> = { mutants, corruptions: 1000, "old versions": 80, includes: 10 };

/** What is offered right in nearly all places; the report says in how many. */
const almost = new Set(["faultElsewhere", "values", "inserted"]);

const kiwis = corpus === null ? [] : testKiwis;
const jing = await jingVersion();
if (jing === null) console.warn("No jing on this machine: comparisons with it are skipped.");

function atLeast(share: Share, least: number, misses: readonly unknown[]): void {
  expect(share.of).toBeGreaterThan(0);
  expect(share.good / share.of, JSON.stringify(misses, null, 2)).toBeGreaterThanOrEqual(least);
}

test.skipIf(kiwis.length === 0 || kiwiPython === null)("we say what KIWI says", { timeout: 600_000 }, async () => {
  const differences = await Promise.all(
    kiwis.map(async (kiwi) => {
      const judge = await startKiwiJudge(kiwi);
      const found: unknown[] = [];
      for (const suite of suites(kiwi)) {
        const { compared, disagreements } = await compare(kiwi, judge, suite, seed, counts[suite.name] ?? 30);
        expect(compared).toBeGreaterThan(0);
        found.push(...disagreements.filter((one) => !isKnown(one)));
      }
      judge.close();
      return found;
    }),
  );
  expect(differences.flat()).toEqual([]);
});

test.skipIf(kiwis.length === 0 || jing === null)(
  "we mark the fault itself, as surely as jing its line",
  { timeout: 600_000 },
  async () => {
    for (const kiwi of kiwis) {
      const { misses, ...places } = await measurePlaces(kiwi, seed, 300);
      atLeast(places.verdicts, 1, misses);
      atLeast(places.single, 0.985, misses);
      atLeast(places.several, 0.985, misses);
      atLeast(places.tokens, 1, misses);
      atLeast(places.firstErrors, 0.99, misses);
      atLeast(places.extra, 0.995, misses);
      expect(places.single.good).toBeGreaterThanOrEqual(places.jingSingle.good * 0.99);
    }
  },
);

test.skipIf(kiwis.length === 0)("what authors wrote is offered where they wrote it", { timeout: 600_000 }, () => {
  for (const kiwi of kiwis) {
    const { misses, ...found } = measureCompletions(kiwi, seed, 150);
    for (const [what, share] of Object.entries(found)) {
      atLeast(share, almost.has(what) ? 0.98 : 1, misses);
    }
  }
});
