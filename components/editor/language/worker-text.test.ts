import { expect, test } from "vitest";
import { afterStep } from "./worker-text.ts";

const text = { text: "<image/>", version: 4 };

test("edits are applied one after the other", () => {
  const edits = [
    { start: 6, end: 8, text: "></image>" },
    { start: 1, end: 6, text: "images" },
  ];
  expect(afterStep(text, { from: 4, to: 5, edits, length: 16 })).toEqual({ text: "<images></image>", version: 5 });
});

test.each([
  ["of another version", { from: 3, to: 4, edits: [], length: 8 }],
  ["beyond the end", { from: 4, to: 5, edits: [{ start: 8, end: 9, text: "" }], length: 8 }],
  ["with another outcome", { from: 4, to: 5, edits: [{ start: 0, end: 0, text: " " }], length: 8 }],
])("edits %s are refused", (_, step) => {
  expect(afterStep(text, step)).toBeNull();
});
