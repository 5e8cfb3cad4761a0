import { expect, test } from "vitest";
import { readAnsi } from "#lib/kiwi/log/index.ts";
import { markSpans } from "./marked-spans.ts";

const marks = (line: string, columns: number[], length: number, current: number | null = null) =>
  markSpans(readAnsi(line).spans, columns, length, current).map((piece) => [piece.text, piece.mark]);

test("without hits the spans stay as they are", () => {
  expect(marks("a\x1b[31mb", [], 3)).toEqual([
    ["a", "none"],
    ["b", "none"],
  ]);
});

test("hits at the start, side by side, at the end", () => {
  expect(marks("apaptapt", [2, 5], 3, 5)).toEqual([
    ["ap", "none"],
    ["apt", "hit"],
    ["apt", "current"],
  ]);
  expect(marks("apt x", [0], 3)).toEqual([
    ["apt", "hit"],
    [" x", "none"],
  ]);
});

test("a hit that lies across colours is marked in each", () => {
  expect(marks("xa\x1b[31mpt\x1b[0my", [1], 3)).toEqual([
    ["x", "none"],
    ["a", "hit"],
    ["pt", "hit"],
    ["y", "none"],
  ]);
});
