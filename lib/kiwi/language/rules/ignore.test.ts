import { describe, expect, test } from "vitest";
import { description, requestFor } from "../testing/marked.test-support.ts";
import { testKiwis } from "../testing/schema.test-support.ts";

const [kiwi] = testKiwis;

/** Codes of lints and runtime checks, with their lines. */
function found(
  text: string,
  more: Partial<Parameters<typeof requestFor>[1]> & { settings?: { path: string; text: string }[] } = {},
) {
  const { settings, ...files } = more;
  const request = { ...requestFor(text, files), ...(settings === undefined ? {} : { settings }) };
  const problems = kiwi?.languageWithRules().validate(request) ?? [];
  return problems.filter(({ layer }) => layer === "lint").map(({ code, line, file }) => `${file ?? ""}${line} ${code}`);
}

const image = (packages: string) =>
  description(`<preferences>
  <version>1</version><type image="tbz"/></preferences>
<repository repository_gpgcheck="true"><source path="https://example.com/"/></repository>
<packages type="bootstrap">
${packages}
</packages>`);
const twice = '<package name="vim"/>\n<package name="vim"/>';

describe.skipIf(kiwi === undefined)("comments", () => {
  test.each([
    ["nothing is silenced", twice, ["12 duplicate-package"]],
    [
      "the element behind it",
      `<package name="vim"/>\n<!-- kiwi-workbench-ignore duplicate-package: wanted -->\n<package name="vim"/>`,
      [],
    ],
    ["the whole file", `<!-- kiwi-workbench-ignore-file duplicate-package -->\n${twice}`, []],
    [
      "not the element before it",
      `${twice}\n<!-- kiwi-workbench-ignore duplicate-package -->\n<package name="less"/>`,
      ["12 duplicate-package", "13 needless-ignore"],
    ],
    [
      "not other codes",
      `<!-- kiwi-workbench-ignore plain-http -->\n${twice}`,
      ["11 needless-ignore", "13 duplicate-package"],
    ],
    [
      "no unknown code",
      `<!-- kiwi-workbench-ignore duplicate-packages -->\n${twice}`,
      ["11 unknown-ignore", "13 duplicate-package"],
    ],
    [
      "nothing of the schema",
      `<!-- kiwi-workbench-ignore wrong-value -->\n${twice}`,
      ["11 unknown-ignore", "13 duplicate-package"],
    ],
    ["not without a code", `<!-- kiwi-workbench-ignore -->\n${twice}`, ["11 unknown-ignore", "13 duplicate-package"]],
    [
      "not without an element",
      `${twice}\n<!-- kiwi-workbench-ignore duplicate-package -->`,
      ["12 duplicate-package", "13 unknown-ignore"],
    ],
  ])("%s", (_, packages, expected) => {
    expect(found(image(packages))).toEqual(expected);
  });

  test("in scripts stand before a line or behind it", () => {
    const script = [
      "# kiwi-workbench-ignore no-op-helper: still called by others",
      "suseConfig",
      "baseStripDocs # kiwi-workbench-ignore no-op-helper",
      "suseCleanup",
    ];
    const files = { "config.sh": script.join("\n") };
    expect(found(image('<package name="vim"/>'), { files })).toEqual(["config.sh4 no-op-helper"]);
    expect(found(files["config.sh"], { path: "config.sh", mains: [] })).toEqual(["4 no-op-helper"]);
  });

  test("in an included file are needless only where all that include it were asked", () => {
    const part = '<image>\n<!-- kiwi-workbench-ignore plain-http -->\n<packages type="image"/></image>';
    const main = image("").replace("<preferences>", '<include from="this://part.xml"/><preferences>');
    const files = { "part.xml": part, "config.xml": main };
    expect(found(main, { files })).toEqual([]);
    expect(found(part, { path: "part.xml", files })).toEqual(["2 needless-ignore"]);
  });
});

describe.skipIf(kiwi === undefined)("settings", () => {
  const rules = (levels: Record<string, string>, path = ".kiwi-workbench.json") => ({
    path,
    text: JSON.stringify({ rules: levels }),
  });

  test("switch a rule off, and weigh it anew; the nearest file counts", () => {
    expect(found(image(twice), { settings: [rules({ "duplicate-package": "off" })] })).toEqual([]);
    const outer = rules({ "duplicate-package": "off" }, "../.kiwi-workbench.json");
    const request = { ...requestFor(image(twice)), settings: [outer, rules({ "duplicate-package": "error" })] };
    expect(kiwi?.languageWithRules().validate(request)).toMatchObject([
      { code: "duplicate-package", severity: "error" },
    ]);
  });

  test.each([
    ["no JSON", '{ "rules": ', "1 broken-settings"],
    ["another key", '{ "rule": {} }', "1 broken-settings"],
    ["an unknown level", '{\n "rules": {\n  "plain-http": "none" } }', "3 broken-settings"],
    ["an unknown code", '{ "rules": {\n "plain-htp": "off" } }', "2 unknown-rule"],
    ["a code of the schema", '{ "rules": {\n "wrong-value": "off" } }', "2 unknown-rule"],
  ])("that hold %s are a problem of their own", (_, text, expected) => {
    const settings = [{ path: ".kiwi-workbench.json", text }];
    expect(found(image(twice), { settings })).toEqual(["12 duplicate-package", `.kiwi-workbench.json${expected}`]);
  });
});
