import { expect, test } from "vitest";
import { type DataFormat, readData } from "./read.ts";
import { treeOf } from "./tree.ts";

/** The traps of a text: their codes, what they stand at, and the text after the first way out. */
function trapsOf(text: string, format: DataFormat) {
  return treeOf(text, readData(text, format), format).traps.map(({ code, start, end, ways: [way] }) => ({
    code,
    at: text.slice(start, end),
    after: way && text.slice(0, way.start) + way.text + text.slice(way.end),
  }));
}

test.each([
  ["version: 1.10", "number-rewritten", "1.10", 'version: "1.10"'],
  ['"@permissions": 0644', "number-rewritten", "0644", '"@permissions": "0644"'],
  ["version: 1:30", "number-rewritten", "1:30", 'version: "1:30"'],
  ["version: 1_000", "number-rewritten", "1_000", 'version: "1_000"'],
  ['"@name": on', "word-as-boolean", "on", '"@name": "true"'],
  ["a: No", "word-as-boolean", "No", 'a: "false"'],
  ['"@primary": true', "boolean-attribute", "true", '"@primary": "true"'],
  ['a: {"@unit": M, "#text": 10}', "text-not-quoted", "10", 'a: {"@unit": M, "#text": "10"}'],
  ['"@name": ~', "null-attribute", "~", '"@name": ""'],
  ['"@name":', "null-attribute", '"@name"', '"@name": ""'],
  ['"@name": [a]', "list-as-text", "[a]", undefined],
  ["a: [[b]]", "list-as-text", "[b]", undefined],
  ["a: 1\n  a: 2", "duplicate-key", "a", "a: 2"],
  ["a: &x {b: c}\n  d: *x", "yaml-anchor", "&x", undefined],
])("%j: %s", (inner, code, at, after) => {
  const [trap, ...others] = trapsOf(`image:\n  ${inner}\n`, "yaml");
  expect(others).toEqual([]);
  expect(trap).toEqual({ code, at, after: after && `image:\n  ${after}\n` });
});

test.each([
  "version: 1.2.3",
  "version: 8.5",
  'a: "1.10"',
  "a: true",
  "a: &",
  "a:",
  "a: x & y",
  'a: "&b"',
  "<<: {a: 1}\n  a: 2",
])("%j is no trap", (inner) => {
  expect(trapsOf(`image:\n  ${inner}\n`, "yaml")).toEqual([]);
});

test("JSON and TOML have them too", () => {
  expect(trapsOf('{"image": {"version": 1.10, "@a": true}}', "json").map(({ code }) => code)).toEqual([
    "number-rewritten",
    "boolean-attribute",
  ]);
  expect(trapsOf('{"image": {\n"a": 1,\n"a": 2}}', "json")).toMatchObject([{ after: '{"image": {\n"a": 2}}' }]);
  expect(trapsOf("[image]\nversion = 1.10\n", "toml")).toMatchObject([{ at: "1.10", code: "number-rewritten" }]);
});
