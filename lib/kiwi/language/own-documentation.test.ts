import { expect, test } from "vitest";
import { declarationsOf } from "./testing/declarations.test-support.ts";
import { testKiwis } from "./testing/schema.test-support.ts";

test.skipIf(testKiwis.length === 0)("every element and every attribute has a text to show, in each KIWI", () => {
  for (const { schema } of testKiwis) {
    const silent = [...declarationsOf(schema())].filter(({ text }) => text === undefined);
    expect(silent.map(({ name }) => name)).toEqual([]);
  }
});
