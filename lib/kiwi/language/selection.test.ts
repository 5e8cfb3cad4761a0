import { expect, test } from "vitest";
import { selectionRanges } from "./selection.ts";
import { readSource } from "./source-document.ts";

/** The texts selected one after the other from the mark on. */
function steps(marked: string): string[] {
  const text = marked.replace("‸", "");
  const ranges = selectionRanges(readSource("config.xml", text), marked.indexOf("‸"));
  return ranges.map(({ start, end }) => text.slice(start, end));
}

test("from an entry of a list outwards", () => {
  expect(steps('<a>\n <b profiles="one,t‸wo"/>\n</a>')).toEqual([
    "two",
    "one,two",
    'profiles="one,two"',
    '<b profiles="one,two"/>',
    '\n <b profiles="one,two"/>\n',
    '<a>\n <b profiles="one,two"/>\n</a>',
  ]);
});

test("from a word of a text, and of a comment", () => {
  expect(steps("<a> so‸me text </a>")).toEqual(["some", "some text", " some text ", "<a> some text </a>"]);
  expect(steps("<a><!-- wo‸rd more --></a>")).toEqual(["word", "<!-- word more -->", "<a><!-- word more --></a>"]);
});

test("from a name, and from the border of an element", () => {
  expect(steps("<a><b‸>x</b></a>").slice(0, 3)).toEqual(["b", "<b>", "<b>x</b>"]);
  expect(steps("<a>‸<b/></a>").at(-1)).toBe("<a><b/></a>");
  expect(steps("<a><b>x</‸b></a>")).toEqual(["</b>", "<b>x</b>", "<a><b>x</b></a>"]);
});

test("each step holds the one before it, and the last one everything", () => {
  const text = "<a x=\"1 2,3\">\n <!-- c --> t <b y='z'><![CDATA[ d ]]></b>\n</a>\n";
  const document = readSource("config.xml", text);
  for (let offset = 0; offset <= text.length; offset++) {
    const ranges = selectionRanges(document, offset);
    expect(ranges.at(-1)).toEqual({ start: 0, end: text.length });
    for (const [index, range] of ranges.entries()) {
      const inner = ranges[index - 1];
      if (inner === undefined) continue;
      expect(range.start <= inner.start && range.end >= inner.end).toBe(true);
    }
  }
});
