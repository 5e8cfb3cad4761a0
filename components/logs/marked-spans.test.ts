import { expect, test } from "vitest";
import { readAnsi } from "#lib/kiwi/log/index.ts";
import { markSpans } from "./marked-spans.ts";

const marked = (line: string, ...hits: [number, number][]) =>
  markSpans(readAnsi(line).spans, hits).map(({ text, style, marked: hit }) => [text, style.foreground, hit]);

test("hits cut spans, and spans cut hits", () => {
  expect(marked("abcabc", [1, 2], [4, 5])).toEqual([
    ["a", null, false],
    ["b", null, true],
    ["ca", null, false],
    ["b", null, true],
    ["c", null, false],
  ]);
  expect(marked("a\x1b[31mbc\x1b[0md", [0, 3])).toEqual([
    ["a", null, true],
    ["bc", "red", true],
    ["d", null, false],
  ]);
});

test("a line without hits stays as it is", () => {
  expect(marked("\x1b[32mplain")).toEqual([["plain", "green", false]]);
});
