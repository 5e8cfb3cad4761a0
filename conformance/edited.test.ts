import { expect, test } from "vitest";
import { corpus, testKiwis } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { compareEdits } from "./edited.ts";

/** The full run has 50,000. */
const edits = Number(process.env["KIWI_WORKBENCH_TEST_EDITS"] ?? 300);
const seed = Number(process.env["KIWI_WORKBENCH_TEST_SEED"] ?? 20_260_101);

test.skipIf(corpus === null || testKiwis.length === 0)(
  `after each of ${edits} edits we know what reading all anew tells`,
  { timeout: 3_600_000 },
  () => {
    for (const kiwi of testKiwis) {
      const { differences, ...counts } = compareEdits(kiwi, seed, edits);
      expect(differences).toEqual([]);
      expect(counts.edits).toBeGreaterThanOrEqual(edits);
      expect(counts.problems).toBeGreaterThan(0);
    }
  },
);
