import { expect, test } from "vitest";
import { testKiwis } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { judgeHostile, judgeTruncations } from "./robustness.ts";

test.skipIf(testKiwis.length === 0)("hostile texts find an end, and enough memory", { timeout: 600_000 }, async () => {
  for (const kiwi of testKiwis.slice(0, 1)) {
    const { hostile } = await judgeHostile(kiwi, { size: 20_000, garbage: 100_000 });
    expect(hostile.length).toBeGreaterThan(30);
    expect(judgeTruncations(kiwi, 1, 0.002).judged).toBeGreaterThan(200);
  }
});
