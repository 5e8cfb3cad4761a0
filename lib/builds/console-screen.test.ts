import { expect, test } from "vitest";
import { ConsoleScreen, keyText } from "./console-screen.ts";

function shown(...pieces: string[]): string[] {
  const screen = new ConsoleScreen();
  for (const piece of pieces) screen.feed(piece);
  return screen.lines;
}

test.each<[what: string, output: string, lines: string[]]>([
  ["colours and titles are left out", "\x1b[0;1;31mred\x1b[0m \x1b]0;title\x07plain\r\n", ["red plain", ""]],
  ["what is rubbed out is gone", "ls\b\b  \b\bcd\r\n", ["cd", ""]],
  ["a line that is begun anew is written over", "10 %\r20 %\r\nend", ["20 %", "end"]],
  ["the rest of a line can be cleared", "long text\r\x1b[Kshort", ["short"]],
  ["a cursor goes back and forth", "ab\x1b[Dx\x1b[Cy", ["ax y"]],
  ["a cleared screen begins below", "before\x1b[2J\x1b[Hafter", ["before", "after"]],
  ["tabs lead to their stops", "a\tb", ["a       b"]],
])("%s", (_, output, lines) => {
  expect(shown(output)).toEqual(lines);
  expect(shown(...output)).toEqual(lines);
});

test("a console that talks for hours keeps its last lines", () => {
  const lines = shown("x\r\n".repeat(20_000));
  expect(lines.length).toBe(5000);
});

test.each<[key: string, ctrlKey: boolean, text: string | null]>([
  ["a", false, "a"],
  ["c", true, "\x03"],
  ["Enter", false, "\r"],
  ["ArrowUp", false, "\x1b[A"],
  ["Shift", false, null],
  ["F5", false, null],
  ["1", true, null],
])("key %s (Ctrl: %s) sends %j", (key, ctrlKey, text) => {
  expect(keyText({ key, ctrlKey, altKey: false, metaKey: false })).toBe(text);
});
