import fc from "fast-check";
import { expect, test } from "vitest";
import { LogText } from "./log-text.ts";

function cut(chunks: Uint8Array[], offset = 0) {
  const text = new LogText(offset);
  const pieces = [...chunks.map((chunk) => text.push(chunk)), text.finish()];
  return pieces.filter((piece) => piece !== null);
}

const bytes = (text: string) => Buffer.from(text);

test("pieces are whole lines, the last one may be open", () => {
  expect(cut([bytes("one\ntw"), bytes("o\nthree\nfo"), bytes("ur")], 10)).toEqual([
    { offset: 10, end: 14, text: "one\n" },
    { offset: 14, end: 24, text: "two\nthree\n" },
    { offset: 24, end: 28, text: "four" },
  ]);
});

test("a progress bar is not held back, and CR LF stays together", () => {
  expect(cut([bytes("10%\r20%"), bytes("\r30%\r"), bytes("\nend")]).map(({ text }) => text)).toEqual([
    "10%\r",
    "20%\r",
    "30%\r\n",
    "end",
  ]);
});

test("a line without end is passed on, between characters", () => {
  const pieces = cut([bytes(`a${"ä".repeat(200_000)}`), bytes("ä")]);
  expect(pieces.map(({ text }) => text).join("")).toBe(`a${"ä".repeat(200_001)}`);
  expect(pieces.length).toBeGreaterThan(1);
});

test("however the bytes arrive, nothing is lost or doubled", () => {
  const line = fc.string({ unit: fc.constantFrom("a", "ä", "😀", "\n", "\r", "\u001b") });
  fc.assert(
    fc.property(line, fc.array(fc.nat(200)), (text, cuts) => {
      const whole = bytes(text);
      const places = [0, ...cuts.map((at) => Math.min(at, whole.length)).sort((a, b) => a - b), whole.length];
      const pieces = cut(places.slice(1).map((end, index) => whole.subarray(places[index], end)));
      expect(pieces.map((piece) => piece.text).join("")).toBe(text);
      let at = 0;
      for (const piece of pieces) {
        expect(piece.offset).toBe(at);
        at = piece.end;
      }
      expect(at).toBe(whole.length);
    }),
  );
});
