import fc from "fast-check";
import { expect, test } from "vitest";
import { readAnsi, stripAnsi } from "./ansi.ts";

const looks = (line: string) =>
  readAnsi(line).spans.map((span) => [span.text, span.style.foreground, span.style.background, span.style.bold]);

test("basic, bright, reset and background colours", () => {
  expect(looks("a\x1b[31mb\x1b[1;92mc\x1b[0md\x1b[44me\x1b[49mf")).toEqual([
    ["a", null, null, false],
    ["b", "red", null, false],
    ["c", "bright-green", null, true],
    ["d", null, null, false],
    ["e", null, "blue", false],
    ["f", null, null, false],
  ]);
});

test("colours of 256 and of 16 million become the nearest of sixteen", () => {
  expect(looks("\x1b[38;5;9ma")).toEqual([["a", "bright-red", null, false]]);
  expect(looks("\x1b[38;5;46ma")).toEqual([["a", "bright-green", null, false]]);
  expect(looks("\x1b[38;2;10;10;180ma")).toEqual([["a", "blue", null, false]]);
  expect(looks("\x1b[48;5;255ma")).toEqual([["a", null, "bright-white", false]]);
  expect(looks("\x1b[38;5;9;1ma")).toEqual([["a", "bright-red", null, true]]);
});

test("a style goes on in the next line", () => {
  const first = readAnsi("\x1b[33mwarn");
  expect(readAnsi("on", first.end).spans[0]?.style.foreground).toBe("yellow");
  expect(readAnsi("\x1b[moff", first.end).spans[0]?.style.foreground).toBe(null);
});

test("every other control code is removed", () => {
  expect(stripAnsi("a\x1b[2Kb\x1b[?25lc\x1b]0;title\x07d\x1b]8;;http://x\x1b\\e\x1b(Bf\x07g\bh\x1b7i")).toBe(
    "abcdefghi",
  );
  expect(stripAnsi("cut off \x1b[3")).toBe("cut off ");
  expect(stripAnsi("tab\tstays")).toBe("tab\tstays");
});

test("spans hold the text without control characters, whatever comes in", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("\x1b", "[", "]", ";", "3", "1", "8", "m", "a", "\x07", "\\", "ü") }),
      (line) => {
        const { spans } = readAnsi(line);
        const text = spans.map((span) => span.text).join("");
        expect(text).not.toMatch(/[\0-\x08\x0a-\x1f\x7f-\x9f]/);
        expect(text).toBe(stripAnsi(line));
      },
    ),
  );
});
