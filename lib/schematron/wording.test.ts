import { expect, test } from "vitest";
import { plainView } from "#lib/relaxng/view.ts";
import { parseXml } from "#lib/xml/parse.ts";
import { elementsOf } from "#lib/xml/tree.ts";
import { wordingOf } from "./wording.ts";
import { parseXPath } from "./xpath-parser.ts";

test.each<[string, string, string, string | null]>([
  [
    '<a><b kind="x" n="1"/></a>',
    "b[@n]",
    "contains('y z', @kind)",
    '"n" of <b> goes only with kind="y" or "z", not with kind="x".',
  ],
  [
    '<a kind="x"><b n="1"/></a>',
    "b[@n]",
    "contains('y', ../@kind)",
    '"n" of <b> goes only with kind="y" on <a>, not with kind="x".',
  ],
  ['<b kind="x"/>', "b[contains('w x', @kind)]", "@n", '<b kind="x"> needs the attribute "n".'],
  ['<b m="1"/>', "b[@m]", "@n", '"m" of <b> needs the attribute "n".'],
  ["<a><b/></a>", "b", "../@n", '<b> needs the attribute "n" on <a>.'],
  ['<a n="0"><b/></a>', "b", "../@n='1' or ../@n='2'", '<b> needs n="1" or n="2" on <a>, not n="0".'],
  ["<a><b/></a>", "b", "../@m='1' or ../@n='1'", '<b> needs m="1" or n="1" on <a>.'],
  ['<b m="1" n="0"/>', "b", "@n='1' or not(@m)", '"m" of <b> needs n="1", not n="0".'],
  ['<a n="x"><b/></a>', "b", "not(../@n) or starts-with(../@n, 'oci:')", '<b> needs n="oci:…" on <a>, not n="x".'],
  ['<b kind="x" n="1"/>', "b[@kind!='y']", "not(@n)", '"n" goes only with kind="y", not with kind="x".'],
  ['<a n="1"><b kind="x"/></a>', "b[@kind='x']", "not(../@n)", '"n" does not go with <b kind="x">.'],
  ["<b/>", "b[@kind='x']", "c[@n]", '<b> needs <c n="…">.'],
  ["<b/>", "b", "d/c[text()='t'] or not(@n)", '"n" of <b> needs <c>t</c> in <d>.'],
  ["<b/>", "b", "d/c[contains(text(), 't')]", "<b> needs <c>t</c> in <d>."],
  ['<b n="2">1</b>', "b[@n]", "@n <= text()", '"n" must not be greater than the 1 that <b> holds.'],
  ["<b/>", "b", "count(c[@n='1'])<=1", 'Only one <c n="1"> is allowed in <b>.'],
  [
    '<b n="x"/>',
    "b[@n]",
    "not(contains('x xy', @n))",
    '"x" is not allowed for "n" of <b>: it must not be "x" or "xy", nor a part of one of them.',
  ],
  ["<b/>", "b", "count(c) = 3 and d", null],
])("%s breaks %s: %s", (text, context, written, expected) => {
  const element = [...elementsOf(parseXml(text).children)].find(({ name }) => name === "b");
  const rule = { context: parseXPath(context), test: parseXPath(written) };
  expect(element === undefined ? "" : wordingOf(rule, element, plainView)).toBe(expected);
});
