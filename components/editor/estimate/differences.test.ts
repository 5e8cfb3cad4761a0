import { expect, test } from "vitest";
import { differenceOf, sumOf } from "./differences.ts";

const estimate = (...packages: [name: string, bytes: number | null][]) => ({
  packages: packages.map(([name, installedSize]) => ({ name, installedSize, version: "1" })),
  unknown: [],
});

test("packages without a size count as packages", () => {
  expect(sumOf(estimate(["a", 10], ["b", null]))).toEqual({ packages: 2, bytes: 10 });
});

test("what comes and goes is told by name and in sum", () => {
  const before = estimate(["a", 10], ["b", 5]);
  expect(differenceOf(before, estimate(["a", 10], ["c", 7], ["d", 1]))).toEqual({
    added: ["c", "d"],
    removed: ["b"],
    packages: 1,
    bytes: 3,
  });
  expect(differenceOf(before, before)).toBeNull();
});
