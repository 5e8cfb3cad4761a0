import { expect, test } from "vitest";
import { foldingRanges } from "./folding.ts";
import { readSource } from "./source-document.ts";

const foldsOf = (text: string) =>
  foldingRanges(readSource("config.xml", text)).map(
    ({ start, end, comment }) => `${start}-${end}${comment ? " comment" : ""}`,
  );

test("elements fold up to the line before their end tag", () => {
  expect(foldsOf("<a>\n <b>\n  <c/>\n </b>\n</a>\n")).toEqual(["1-4", "2-3"]);
  expect(foldsOf("<a>\n <b>x\n y</b>\n</a>")).toEqual(["1-3"]);
});

test("comments fold, and start tags over several lines do alone", () => {
  expect(foldsOf("<!-- a\n b -->\n<a>\n <!-- c\n d -->\n</a>")).toEqual(["1-2 comment", "4-5 comment", "3-5"]);
  expect(foldsOf('<a\n b="c"\n d="e">\n <f/>\n</a>')).toEqual(["1-4", "2-3"]);
  expect(foldsOf('<a\n b="c"\n d="e"/>')).toEqual(["1-3"]);
});

test("what is not finished folds as well", () => {
  expect(foldsOf("<a>\n <b>\n  <c/>\n")).toEqual(["1-3", "2-3"]);
  expect(foldsOf("image:\n  name: a\n")).toEqual([]);
});

test("tables of TOML fold up to the comments of the next one", () => {
  const text = "[image]\na = 1\n\n# about b\n[[image.b]] # one\nc = [\n 1,\n]\nd = 2\n";
  const found = foldingRanges(readSource("config.toml", text));
  expect(found).toEqual([
    { start: 1, end: 2 },
    { start: 5, end: 9 },
  ]);
});
