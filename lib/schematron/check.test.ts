import { describe, expect, test } from "vitest";
import { plainView } from "#lib/relaxng/view.ts";
import { parseXml } from "#lib/xml/parse.ts";
import { childElements, type XmlElement } from "#lib/xml/tree.ts";
import { ruleChecker } from "./check.ts";
import { readRules } from "./rules.ts";
import { compileCondition } from "./xpath.ts";

function root(text: string): XmlElement {
  const parsed = parseXml(text);
  if (parsed.root === null || parsed.errors.length > 0) throw new Error(`the test's text is faulty: ${text}`);
  return parsed.root;
}

const rules = readRules(
  root(`<schema xmlns:s="http://purl.oclc.org/dsdl/schematron">
  <s:pattern abstract="true" id="only_for">
    <s:rule context="plant[@$attr]"><s:assert test="contains('$kinds', @kind)">$attr is for
      $kinds only</s:assert></s:rule>
    <s:rule context="plant"><s:assert test="@name">plants need a name</s:assert></s:rule>
  </s:pattern>
  <s:pattern id="thorns_only" is-a="only_for"><s:param name="attr" value="thorns"/><s:param name="kinds" value="rose cactus"/></s:pattern>
  <s:pattern id="lost" is-a="no_such_pattern"/>
  <s:pattern id="odd"><s:rule context="plant"><s:assert test="document('x')">never</s:assert></s:rule></s:pattern>
  <s:pattern id="depth"><s:rule context="bed/row[@depth]"><s:assert test="@depth &lt;= ../depth/text()">too deep</s:assert></s:rule></s:pattern>
</schema>`),
);

function check(text: string): { code: string; message: string; original: string; at: string }[] {
  const found: { code: string; message: string; original: string; at: string }[] = [];
  ruleChecker(rules).tree(root(text), plainView, ({ code, message, original, start, end }) =>
    found.push({ code, message, original, at: text.slice(start, end) }),
  );
  return found;
}

describe("rules", () => {
  test("are placed on the attribute that they speak of", () => {
    expect(check('<bed><plant name="a" kind="tulip" thorns="1"/></bed>')).toEqual([
      {
        code: "rule-thorns-only",
        message: '"thorns" of <plant> goes only with kind="rose" or "cactus", not with kind="tulip".',
        original: "thorns is for rose cactus only",
        at: "thorns",
      },
    ]);
  });

  test("of one pattern: the first that fits judges alone", () => {
    expect(check('<bed><plant kind="rose" thorns="1"/></bed>')).toEqual([]);
    expect(check("<bed><plant/></bed>")).toEqual([
      {
        code: "rule-thorns-only",
        message: '<plant> needs the attribute "name".',
        original: "plants need a name",
        at: "plant",
      },
    ]);
  });

  test("compare numbers, and look at parents in their context", () => {
    expect(check('<bed><depth>100</depth><row depth="20"/></bed>')).toEqual([]);
    expect(check('<bed><depth>100</depth><row depth="200"/></bed>').map((found) => found.at)).toEqual(["depth"]);
    expect(check('<other><row depth="200"/></other>')).toEqual([]);
  });

  test("that cannot be understood are named, not guessed", () => {
    expect(rules.unread).toEqual(["lost", "odd"]);
  });
});

test.each<[string, boolean]>([
  ["@a='1'", true],
  ["@none=''", false],
  ["@none!='x'", false],
  ["not(@none)", true],
  ["contains('oem pxe', @none)", true],
  ["contains('oem pxe', @b)", true],
  ["starts-with(@b, 'o') and @a", true],
  ["starts-with(@b, 'x') or c[text()='t']", true],
  ["c[@d]", false],
  ["c='t' and c!='t'", true],
  ["../r", true],
  ["../../o", false],
  ["@a < 2", true],
  ["@b < 2", false],
  ["'10' > '9'", true],
  ["count(c) = 2", true],
])("%s is %s", (expression, expected) => {
  const outer = root('<o><r a="1" b="oem"><c>t</c><c>u</c></r></o>');
  expect(compileCondition(expression)(childElements(outer)[0] as XmlElement, plainView)).toBe(expected);
});
