import fc from "fast-check";
import { expect, test } from "vitest";
import { LineSet } from "./line-set.ts";

const cases = fc
  .integer({ min: 1, max: 3000 })
  .chain((length) =>
    fc.tuple(fc.constant(length), fc.uniqueArray(fc.integer({ min: 0, max: length - 1 }), { maxLength: 400 })),
  );

test("the end of full blocks is behind all lines", () => {
  for (const length of [512, 1024, 2048]) expect(LineSet.of(length, [0, length - 1]).rank(length)).toBe(2);
});

test("rank and select are what counting says", () => {
  fc.assert(
    fc.property(cases, ([length, lines]) => {
      const set = LineSet.of(length, lines);
      const sorted = lines.toSorted((a, b) => a - b);
      expect(set.size).toBe(sorted.length);
      expect(sorted.map((_, rank) => set.select(rank))).toEqual(sorted);
      expect(set.select(sorted.length)).toBe(undefined);
      for (let line = 0; line <= length; line += 7) {
        expect(set.rank(line)).toBe(sorted.filter((one) => one < line).length);
        expect(set.has(line)).toBe(lines.includes(line));
      }
      expect(set.histogram(10).reduce((sum, part) => sum + part, 0)).toBe(sorted.length);
    }),
  );
});
