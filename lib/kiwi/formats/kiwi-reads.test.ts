import { describe, expect, test } from "vitest";
import { parseXml } from "#lib/xml/parse.ts";
import { type DataFormat, readData } from "./read.ts";
import { type KiwiMarkup, kiwiMarkup, kiwiReads } from "./testing/kiwi-markup.test-support.ts";
import { outline } from "./testing/outline.test-support.ts";
import { treeOf } from "./tree.ts";

/** Our reading in the same words as KIWI's. */
function ours(text: string, format: DataFormat): string {
  const { root, errors } = treeOf(text, readData(text, format), format);
  return root === null || errors.length > 0 ? "refused" : outline(root);
}

function theirs(markup: KiwiMarkup): string {
  if ("error" in markup) return "refused";
  const { root } = parseXml(markup.xml);
  return root === null ? "refused" : outline(root);
}

const yaml = (inner: string) => `image:\n${inner.replace(/^/gm, "  ")}\n`;

const cases: Record<DataFormat, string[]> = {
  yaml: [
    yaml(
      '"@b": true\n"@n": null\n"@f": 1.10\n"@o": 0644\n"@s": 1:30\n"@d": 2024-01-01\n"@t": 2024-1-1 10:20:30.5 -5\n',
    ),
    yaml("a: 1e3\nb: 1.5e+3\nc: 1.5e+300\nd: 123456789012345678901234567890\ne: .inf\nf: -.inf\ng: .nan\nh: 1_000\n"),
    yaml("a: 0x1F\nb: 0b11\nc: 0o17\nd: 08\ne: 010\nf: +5\ng: -0\nh: 1.\ni: .5\nj: -0.0\nk: 1.0e-7\nl: 190:20:30.15\n"),
    yaml("a: yes\nb: 'yes'\nc: on\nd: No\ne: y\nf: ~\ng: Null\nh:\ni: nUll\nj: TRUE\nk: \"\"\n"),
    yaml('a: {"#text": 5, "@a": 1}\nb: {"#text": null}\nc: {"#text": true}\nd: {"#text": [1, a]}\n'),
    yaml("a: [x, y]\nb: []\nc: [[a, 'b'], [1.0, null, true]]\nd: [null, {}]\ne:\n- 1\n- {x: 1}\n"),
    yaml('"@l": [1, a, {b: null}]\n"@m": {x: true, y: it\'s}\n'),
    yaml("a: 1\nb: 2\na: 3\n"),
    yaml("a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n  e: 2\nf:\n  b: 9\n  <<: *x\ng:\n  <<: [*x, {b: 5, h: 6}]\n"),
    yaml("a: &x {b: *x}\n"),
    yaml("a: *y\n"),
    yaml("a: &x 1\nb: &x 2\n"),
    yaml("a: |\n  one\n  two\nb: >-\n  one\n  two\nc: one\n  two\n"),
    yaml("a: \"x\\ty\\u00e9\\x41\"\nb: 'it''s'\nc: \"a\n  b\"\n"),
    yaml("a:\t1\n"),
    yaml("a: 1\t\n"),
    yaml("a: x\ty\n"),
    yaml("a: 1 #\tx\nb: '\t'\nc: |\n  a\tb\n"),
    yaml("a: =\n"),
    yaml("a: !!str 1.10\nb: !!int '5'\nc: !foo x\n"),
    yaml("1: x\n"),
    yaml("on: x\n"),
    yaml("~: x\n"),
    yaml("a b: x\n"),
    yaml("a:b: x\n"),
    yaml('"@xmlns:a": u\n"a:b": x\n'),
    yaml('"@xmlns": {a: u}\n"a:b": x\n'),
    yaml('"#comment": hello\na: 1\n'),
    yaml('"#comment": he--llo\n'),
    yaml('"@": x\n'),
    yaml("@a: x\n"),
    yaml("? a\n: b\n"),
    yaml("? [a]\n: b\n"),
    yaml("a: 2024-02-30\n"),
    yaml("a: 2024-2-3\nb: 2001-12-14t21:59:43.10-05:00\nc: 2001-12-15T02:59:43Z\n"),
    yaml('a: "\\x01"\n'),
    yaml("a: x: y\n"),
    yaml("a: [1, 2\n"),
    yaml("a: 'x\n"),
    yaml("a: 'x' y\n"),
    yaml(" a: 1\nb: 2\n"),
    yaml("a: {b: 1, c}\n"),
    yaml("a: {b: 1,}\nc: [1,]\n"),
    yaml("a: http://x#y\nb: [http://x, a:b]\nc: a#b\nd: 1 # x\n"),
    yaml('a: |\n  <>&"\'\nb: <>&\n"@c": <>&"\'\n'),
    yaml("a: @b\n"),
    yaml("a: `b\n"),
    yaml("a: %b\n"),
    yaml("a: - b\n"),
    yaml("a: -b\nc: ?d\ne: :f\n"),
    yaml("a:\n- x\n - y\n"),
    yaml("- a\n- b\n"),
    yaml("a: [\n]\nb: {\n}\n"),
    "image: [\n]\n",
    "image:\nother: 1\n",
    "image: x\n",
    "other: x\n",
    "",
    "a\n",
    "- image\n",
    "image: [1, 2]\n",
    "---\nimage:\n  a: 1\n",
    "---\nimage:\n  a: 1\n...\n",
    "---\nimage:\n  a: 1\n---\nb: 1\n",
    "%YAML 1.1\n---\nimage: 1\n",
    "%YAML 1.2\n---\nimage: 1\n",
    "%YAML 2.0\n---\nimage: 1\n",
    "\uFEFFimage: 1\n",
    "# only\n",
    '{"image": {"@a": "b", "c": [1, 2]}}',
    '{"image": {"@a":"b"}}',
    '{"image":\n{\n\t"@a": "b"}}',
    "image:\r\n  a: 1\r\n  b: |\r\n    x\r\n    y\r\n",
  ],
  json: [
    '{"image": {"@name": 1.0, "a": NaN, "b": 1e5, "c": 1E400, "d": -Infinity, "e": -0, "f": -0.0, "g": 1e16, "h": 1e-5}}',
    '{"image": {"a": 1, "a": 2}}',
    '{"image": {"a": [1, 2,]}}',
    '{"image": {"a": 1,}}',
    "{'image': 1}",
    '{"image": {a: 1}}',
    '{"image": {"a": "x\ty"}}',
    '{"image": {"a": "\\u00e9\\n\\/\\ud83d\\ude00"}}',
    '{"image": {"a": "\\u0001"}}',
    '{"image": {"a": "\\ud800"}}',
    '{"image": {"a": "\\q"}}',
    '{"image": {"a": "x}}',
    '{"image": {"a": 01}}',
    '{"image": {"a": .5}}',
    '{"image": {"a": 1.}}',
    '{"image": {"a": +1}}',
    '{"image": {"a": true, "b": false, "c": null, "@a": true, "@c": null}}',
    '{"image": {"a": tru}}',
    '{"image": {"a" 1}}',
    '{"image": {"a": 1 "b": 2}}',
    '{"image": {"a": 1}',
    '{"image": {"a": [1}}',
    '{"image": 1} x',
    '{"image": 1, "b": 2}',
    "// c\n{}",
    "",
    "[]",
    "{}",
    '\uFEFF{"image": 1}',
    '{"image": {"": 1}}',
    '{"image": {"@a": [1, "x"], "@b": {"c": null}}}',
    '{"image": {"a": 123456789012345678901234567890}}',
  ],
  json5: [
    "// hi\n{image: {'@a': 0x1F, b: .5, c: Infinity, d: +1, e: [1,], f: -0, g: 1e3, h: 1.0, i: -Infinity, j: 5.}}",
    "{image: {a: 'x\\\ny', b: \"it's\", /* c */ c: '\\x41\\v'}}",
    "{image: {a: 1,, b: 2}}",
    "{image: {a-b: 1}}",
    "{image: {a: 01}}",
    "{image: {a: 1, a: 2}}",
    "{image: /* open",
    "{image: {$a: 1}}",
    "{image: {a: NaN, b: +Infinity}}",
  ],
  toml: [
    '[image]\n"@b" = true\n"@n" = 1.10\n"@d" = 2024-01-01\n"@e" = 2024-01-01T10:20:30.5Z\n"@f" = 07:32:00\n"@g" = 1_000\n',
    '[image]\na = 0x1F\nb = 1e3\nc = 5.0\nd = inf\ne = [1, 2]\nf = ["a", "b"]\ng = []\n',
    '[image]\n"@name" = "a"\n[image.description]\n"@type" = "system"\n[[image.packages]]\n"@type" = "image"\n[[image.packages.package]]\n"@name" = "x"\n[[image.packages]]\n"@type" = "bootstrap"\n',
    '[image]\na.b = 1\n"#text" = "x"\n',
    '[image]\na = {b = 1, "@c" = "d"}\n',
    "image = 1\n",
    "image = 1\nother = 2\n",
    "[image]\na = 1\na = 2\n",
    "[image]\na = \nb = 1\n",
    "[image\na = 1\n",
    '[image]\na = "x\n',
    '[image]\na = """\none\ntwo"""\nb = \'c\\d\'\n',
    "[image]\n[image]\n",
    "[image.a.b]\nc = 1\n[[image.a]]\nd = 1\n",
    "",
    "# only\n",
    'image = {"@a" = "b", c = [{d = "1"}, {d = "2"}]}\n',
  ],
};

for (const format of ["yaml", "json", "json5", "toml"] as const) {
  describe.skipIf(!kiwiReads(format))(`${format} is read as KIWI reads it`, () => {
    const texts = cases[format];
    const answers = kiwiReads(format) ? kiwiMarkup(texts.map((text) => ({ text, format }))) : [];
    test.each(texts.map((text, index) => [text, index] as const))("%j", (text, index) => {
      const answer = answers[index] ?? { error: "no answer" };
      expect(ours(text, format), JSON.stringify(answer)).toBe(theirs(answer));
    });
  });
}
