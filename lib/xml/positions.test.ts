import fc from "fast-check";
import { expect, test } from "vitest";
import { applyEdits } from "./edit/text-edit.ts";
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

test("the index after a change is that of the new text", () => {
  const piece = fc.constantFrom("\n", "\r", "\r\n", "a", "bc");
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(text, text, fc.nat(20), fc.nat(5), (before, added, from, length) => {
      const start = Math.min(from, before.length);
      const change = { start, end: Math.min(before.length, start + length), text: added };
      const after = applyEdits(before, [change]);
      const [ours, whole] = [lineIndex(before).after(change, after), lineIndex(after)];
      for (let at = 0; at <= after.length; at++) expect(ours.position(at)).toEqual(whole.position(at));
    }),
    { numRuns: 3000 },
  );
});
