import { describe, expect, test } from "vitest";
import { readSource } from "./source-document.ts";
import { closingTag, tagPair } from "./tags.ts";

const at = (marked: string) => [readSource("config.xml", marked.replace("‸", "")), marked.indexOf("‸")] as const;

describe("tag pairs", () => {
  const pairOf = (marked: string) => tagPair(...at(marked))?.map(({ start, end }) => `${start}-${end}`);

  test.each(["<‸one><b/></one>", "<on‸e><b/></one>", "<one‸><b/></one>", "<one><b/></‸one>", "<one><b/></one‸>"])(
    "%s",
    (marked) => {
      expect(pairOf(marked)).toEqual(["1-4", "11-14"]);
    },
  );

  test("are the innermost ones, and none where names differ or are missing", () => {
    expect(pairOf("<a><a>x</‸a></a>")).toEqual(["4-5", "9-10"]);
    expect(pairOf("<a>x‸</a>")).toBeUndefined();
    expect(pairOf("<a‸/>")).toBeUndefined();
    expect(pairOf("<a‸>")).toBeUndefined();
    expect(pairOf("<a><on‸e></two></a>")).toBeUndefined();
    expect(pairOf('<a‸ b="c">x</a>')).toEqual(["1-2", "12-13"]);
    expect(pairOf('<a b‸="c">x</a>')).toBeUndefined();
  });
});

describe("closing a tag", () => {
  test.each([
    ["<image><packages>‸</image>", "</packages>"],
    ['<image><packages type="image">‸\n</image>', "</packages>"],
    ["<image>\n  <packages>‸\n  <packages></packages>\n</image>", "</packages>"],
    ["<a><a>‸</a>", "</a>"],
    ["<a>‸", "</a>"],
    ["<image>\n  <packages>\n    <package/>\n  </‸\n</image>", "packages>"],
    ["<image>\n  <packages>\n    <package/>\n    </‸\n</image>", "packages>"],
    ["<image><name>x</‸</image>", "name>"],
    ["<image>\n</‸", "image>"],
  ])("%s", (marked, closing) => {
    expect(closingTag(...at(marked))).toBe(closing);
  });

  test.each([
    ["has its end", "<a><b>‸</b></a>"],
    ["is empty", "<a><b/>‸</a>"],
    ["is an end tag", "<a><b></b>‸</a>"],
    ["is in a comment", "<a><!-- <b>‸ --></a>"],
    ["is in a CDATA section", "<a><![CDATA[<b>‸]]></a>"],
    ["is in a value", '<a b="c>‸"/>'],
    ["closes nothing that is open", "<a><b></b></‸</a>"],
    ["closes in a comment", "<a><b><!-- </‸ --></a>"],
    ["closes in a CDATA section", "<a><b><![CDATA[</‸]]></a>"],
    ["is named already", "<a><b></‸b></a>"],
  ])("not where it %s", (_, marked) => {
    expect(closingTag(...at(marked))).toBeNull();
  });

  test("not in other formats", () => {
    expect(closingTag(readSource("config.yaml", "a: <b>"), 6)).toBeNull();
  });
});
