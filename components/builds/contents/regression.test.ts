import { expect, test } from "vitest";
import { isRegression } from "./regression.ts";

test("a tenth more than the median of the last builds is marked, and one wild build before does not hide it", () => {
  expect(isRegression([100, 101, 99], 112)).toBe(true);
  expect(isRegression([100, 101, 99], 109)).toBe(false);
  expect(isRegression([100, 500, 101], 140)).toBe(true);
  expect(isRegression([], 140)).toBe(false);
});

test("what was usual long ago does not count", () => {
  expect(isRegression([10, 10, 10, ...Array.from({ length: 7 }, () => 100)], 105)).toBe(false);
});
