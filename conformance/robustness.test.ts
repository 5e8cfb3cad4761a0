import { expect, test } from "vitest";
import { corpus, testKiwis } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { judgeHostile, judgeTruncations } from "./robustness.ts";

const newest = testKiwis.slice(0, 1);

test.skipIf(newest.length === 0)("hostile texts find an end, and enough memory", { timeout: 600_000 }, async () => {
  for (const kiwi of newest) {
    const { hostile } = await judgeHostile(kiwi, { size: 20_000, garbage: 100_000 });
    expect(hostile.length).toBeGreaterThan(30);
  }
});

test.skipIf(corpus === null || newest.length === 0)("descriptions that are cut off are judged all the same", () => {
  for (const kiwi of newest) expect(judgeTruncations(kiwi, 1, 0.002).judged).toBeGreaterThan(200);
});
