import { expect, test } from "vitest";
import { applyEdits } from "#lib/xml/edit/text-edit.ts";
import type { DataFormat } from "../read.ts";
import { layOutData } from "./index.ts";

const layout = { indent: "  ", lineEnd: "\n" };
const laidOut = (format: DataFormat, text: string) => {
  const edits = layOutData(text, format, layout);
  return edits === null ? null : applyEdits(text, edits);
};

test.each<[DataFormat, string, string]>([
  ["json", '{"a":1,\n"b" : [ ]}', '{\n  "a": 1,\n  "b": []\n}\n'],
  [
    "json",
    '{\n"p": [{"@name":"x"},\n{ "@name" :"y" }]}',
    '{\n  "p": [\n    {"@name": "x"},\n    { "@name": "y" }\n  ]\n}\n',
  ],
  ["json", '{\n  "a": "{ , }  [",\n\n\n  "b": {}}', '{\n  "a": "{ , }  [",\n\n  "b": {}\n}\n'],
  ["json5", "{a: 1, // one\n/* two */ b: 'x',\n}", "{\n  a: 1, // one\n  /* two */\n  b: 'x',\n}\n"],
  [
    "toml",
    '  # head\n[a]\n  b="1"   # one\n\n\n\nc   =  [1,\n 2]\n  [[a.d]]\ne=1',
    '# head\n[a]\nb = "1" # one\n\nc = [1,\n 2]\n[[a.d]]\ne = 1\n',
  ],
  ["toml", 'a = """\n  x = 1\n\n\n"""\nb=2\n\n', 'a = """\n  x = 1\n\n\n"""\nb = 2\n'],
  [
    "yaml",
    'a:\n      b:   1.10   # one\n      "c": yes\n      d:\n      - x:  ~\n        y: "1"\n# end\n',
    'a:\n  b: 1.10 # one\n  "c": yes\n  d:\n  - x: ~\n    y: "1"\n# end\n',
  ],
  ["yaml", "a: {b: 1,   c: [1,2]}\nd: |\n    x\n      y\n", "a: {b: 1, c: [1, 2]}\nd: |\n  x\n    y\n"],
])("%s: %j", (format, text, expected) => {
  expect(laidOut(format, text)).toBe(expected);
  expect(laidOut(format, expected)).toBe(expected);
});

test("of YAML that keeps its lines, only the lines change that are wrong", () => {
  const text = "a:\n    b: 1\n    c: 2\nd:  3\n";
  expect(layOutData(text, "yaml", layout)).toEqual([
    { start: 3, end: 11, text: "  b: 1" },
    { start: 12, end: 20, text: "  c: 2" },
    { start: 21, end: 26, text: "d: 3" },
  ]);
});

test("what would say something else is left alone", () => {
  // The writer of YAML knows one number, the reader of KIWI another.
  expect(laidOut("yaml", "a:  0x1F\n")).not.toBe("a: 31\n");
  expect(laidOut("yaml", "a: [\n")).toBeNull();
});
