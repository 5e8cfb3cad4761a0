import { expect, test } from "vitest";
import { lineIndex } from "./positions.ts";

test("offsets and places are the same thing, whatever ends the lines", () => {
  const text = "a\nbc\r\nd\re";
  const lines = lineIndex(text);
  expect([0, 1, 2, 6, 8].map((offset) => lines.position(offset))).toEqual([
    { line: 1, column: 1 },
    { line: 1, column: 2 },
    { line: 2, column: 1 },
    { line: 3, column: 1 },
    { line: 4, column: 1 },
  ]);
  for (const offset of [0, 1, 2, 3, 6, 7, 8, 9]) expect(lines.offset(lines.position(offset))).toBe(offset);
});

test("columns count UTF-16 units", () => {
  expect(lineIndex("😀x").position(2)).toEqual({ line: 1, column: 3 });
});
