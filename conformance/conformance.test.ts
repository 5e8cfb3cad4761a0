import { expect, test } from "vitest";
import { corpus, kiwiPython, testKiwis } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { compare } from "./agreement.ts";
import { measureCompletions } from "./completions.ts";
import { jingVersion } from "./jing.ts";
import { startKiwiJudge } from "./kiwi-judge.ts";
import { isKnown } from "./known-differences.ts";
import { measurePlaces } from "./places.ts";
import { completionRows, placeRows, type Row } from "./rows.ts";
import { measureEdits } from "./structure-edits.ts";
import { suites } from "./suites.ts";

/** Another seed gives other cases; a failure names the one that was used. */
const seed = Number(process.env["KIWI_WORKBENCH_TEST_SEED"] ?? 20_260_101);
const mutants = Number(process.env["KIWI_WORKBENCH_TEST_MUTANTS"] ?? 150);
const counts: Record<string, number> = { mutants, rules: 40, corruptions: 1000, "old versions": 80, includes: 10 };

const kiwis = corpus === null ? [] : testKiwis;
const jing = await jingVersion();
if (jing === null) console.warn("No jing on this machine: comparisons with it are skipped.");

const first = (count: number) => Array.from({ length: count }, (_, number) => number);

/** Fails where one of the measures is worse than it may be. */
function expectFloors<T extends { misses: readonly unknown[] }>(rows: readonly Row<T>[], measured: T): void {
  for (const { what, of, least } of rows) {
    const share = of(measured);
    expect(share.of, what).toBeGreaterThan(0);
    const message = `${what}: ${JSON.stringify(measured.misses, null, 2)}`;
    expect(share.good / share.of, message).toBeGreaterThanOrEqual(least ?? 0);
  }
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
      const places = await measurePlaces(kiwi, seed, first(300));
      expectFloors(placeRows, places);
      expect(places.single.good).toBeGreaterThanOrEqual(places.jingSingle.good * 0.99);
    }
  },
);

test.skipIf(corpus === null || kiwiPython === null)(
  "an edit means what lxml makes of it",
  { timeout: 600_000 },
  async () => {
    const { misses } = await measureEdits(seed, first(150));
    expect(misses).toEqual([]);
  },
);

test.skipIf(kiwis.length === 0)("what authors wrote is offered where they wrote it", { timeout: 600_000 }, () => {
  for (const kiwi of kiwis) {
    expectFloors(completionRows, measureCompletions(kiwi, seed, first(150)));
  }
});
