import { describe, expect, test } from "vitest";
import { changeBetween } from "./edit/change-between.ts";
import { applyEdits } from "./edit/text-edit.ts";
import { parseXml } from "./parse.ts";
import { reparse } from "./reparse.ts";
import { randomChange } from "./testing/edits.test-support.ts";
import { writtenTree } from "./testing/written.test-support.ts";
import { elementsOf } from "./tree.ts";

function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const texts = [
  `<?xml version="1.0"?>
<a xmlns:p="u">
  <b c="d">text &amp; more</b><!-- note -->
  <c>
    <d e="1"/>
    <d e="2"
       f='3'/>
    <p:d/>
  </c>
  <b><b>x</b>]]<b/></b>
  <c><![CDATA[ <x> ]]></c>
  <?pi data?>
</a>
`,
  "<a><b/><b></b></a>",
  '<!DOCTYPE a [<!ENTITY me "KIWI">]><a><b c="d">text &amp; &me;</b><c>&me;</c></a>',
  `<a>
  <list>
    <b c="1"/>
    <b c="2"
    <b c="3/>
    <b>
    <b c="4"/></wrong>
    <a>
      </b>
    </a>
  </list>
  <list><b></c></list>
</a>`,
];

const edits = Number(process.env["KIWI_WORKBENCH_TEST_EDITS"] ?? 3000);
const seed = Number(process.env["KIWI_WORKBENCH_TEST_SEED"] ?? 1);

test(`after each of ${edits} changes the tree is that of a full parse`, { timeout: 600_000 }, () => {
  const next = random(seed);
  let document = parseXml(texts[0] as string);
  for (let i = 0; i < edits; i++) {
    if (i % 25 === 0 || document.text.length > 2000) document = parseXml(texts[next(texts.length)] as string);
    const before = document.text;
    const change = randomChange(before, next);
    document = reparse(document, change);
    const full = parseXml(document.text);
    const [ours, whole] = [writtenTree(document), writtenTree(full)];
    if (ours.join() !== whole.join())
      expect({ i, before, change, tree: ours }).toEqual({ i, before, change, tree: whole });
  }
});

describe("what is not near a change stays", () => {
  const inside = (text: string, at: string, change: string) => {
    const document = parseXml(text);
    const before = [...elementsOf(document.children)];
    const start = text.indexOf(at) + at.length;
    const after = [...elementsOf(reparse(document, { start, end: start, text: change }).children)];
    return after.filter((element) => !before.includes(element)).map((element) => element.name);
  };

  test.each([
    ["a value is typed", '<a><b c="1"/><d/></a>', 'c="1', "2", []],
    ["text is typed", "<a><b>x</b><d/></a>", "<b>x", "y", []],
    ["a tag is begun", "<a>\n  <b/>\n  \n  <d/>\n</a>", "<b/>\n  ", "<n", ["n"]],
    ["a tag is gone on with", "<a>\n  <b/>\n  <n\n  <d/>\n</a>", "<n", "ew", ["new"]],
    ["an element is opened", "<a>\n  <b/>\n  <n\n  <d/>\n</a>", "<n", ">", []],
    ["a comment is written", "<a><b/>x<d/></a>", "x", "<!-- y -->", []],
    ["a fault is elsewhere", '<a><b><c></b><d e="1"/><f><g></f></a>', 'e="1', "2", []],
    ["a fault is nearby", "<a>\n  <b>\n  <c/>\n  <d/>\n</a>", "<d/>", "<n/>", ["d", "n"]],
  ])("%s", (_, text, at, change, made) => {
    expect(inside(text, at, change)).toEqual(made);
  });
});

test.each([
  ["abc", "abc"],
  ["abc", "axc"],
  ["abc", "abbc"],
  ["aaa", "aa"],
  ["", "x"],
  ["x".repeat(10_000), `${"x".repeat(5000)}y${"x".repeat(5000)}`],
  [`${"x".repeat(9000)}ab${"x".repeat(9000)}`, `${"x".repeat(9000)}ba${"x".repeat(9000)}`],
])("a change leads from one text to the other (%#)", (before, after) => {
  const change = changeBetween(before, after);
  expect(applyEdits(before, [change])).toBe(after);
  expect(change.text.length).toBeLessThanOrEqual(2);
});
