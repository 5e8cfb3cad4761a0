import { describe, expect, test } from "vitest";
import { description, requestFor } from "./testing/marked.test-support.ts";
import { schemaText, testLanguage } from "./testing/schema.test-support.ts";

const problems = (text: string) => testLanguage().validate(requestFor(text));
const errors = (text: string) =>
  problems(text)
    .filter((problem) => problem.severity === "error")
    .map((problem) => problem.code);

/** What each step of KIWI's upgrade takes away: sound up to that version, wrong after it. */
const old: [string, string, string][] = [
  [
    "7.4",
    "7.5",
    '<preferences><type image="docker"><containerconfig name="a" additionaltags="b,c"/></type></preferences>',
  ],
  ["7.5", "7.6", "<preferences><packagemanager>dnf</packagemanager></preferences>"],
  ["8.0", "8.1", '<preferences/><repository type="rpm-dir"><source path="obs://x"/></repository>'],
  ["8.1", "8.2", '<preferences/><repository use_for_bootstrap="true"><source path="obs://x"/></repository>'],
  ["8.2", "8.3", '<preferences><type image="oem" filesystem="btrfs" btrfs_root_is_snapshot="true"/></preferences>'],
  [
    "8.3",
    "8.4",
    '<preferences><type image="oem" filesystem="ext4"><bootloader name="grub2" console="serial serial"/></type></preferences>',
  ],
  ["8.4", "8.5", '<preferences><type image="oem" filesystem="ext4" vga="normal"/></preferences>'],
];

describe.skipIf(schemaText === null)("older schema versions are seen as KIWI upgrades them", () => {
  test.each(old)("sound in %s and wrong in %s", (sound, wrong, inner) => {
    expect(errors(description(inner, sound))).toEqual([]);
    expect(errors(description(inner, "7.4"))).toEqual([]);
    expect(errors(description(inner, wrong))).toHaveLength(1);
  });

  test("a wrong value of a renamed attribute is marked where it is written", () => {
    const text = description(
      '<preferences><type image="oem" filesystem="ext4"><bootloader name="grub2" console="none wrong"/></type></preferences>',
      "8.0",
    );
    const [problem] = problems(text);
    expect(problem).toMatchObject({ code: "wrong-value" });
    expect(text.split("\n")[(problem?.line ?? 0) - 1]?.slice((problem?.column ?? 0) - 1)).toMatch(/^none wrong/);
  });

  test("what KIWI drops without a word is told", () => {
    const text = description('<preferences><type image="oem" filesystem="ext4" vga="normal"/></preferences>', "8.0");
    expect(problems(text)).toMatchObject([{ code: "attribute-dropped", severity: "info", layer: "version" }]);
  });
});

describe.skipIf(schemaText === null)("schema versions that KIWI refuses", () => {
  test.each([
    ["6.8", "old-schemaversion"],
    ["7.3", "old-schemaversion"],
    ["", "old-schemaversion"],
    ["new", "old-schemaversion"],
    ["9.0", "new-schemaversion"],
    ["8.50", "new-schemaversion"],
  ])("%s", (version, code) => {
    const [problem] = problems(description("<preferences/>", version));
    expect(problem).toMatchObject({ code, layer: "version", severity: "error", line: 1 });
  });

  test("none at all", () => {
    // The rest is judged all the same, by the newest schema.
    expect(errors('<image name="a"/>')).toEqual(["missing-schemaversion", "missing-element", "missing-element"]);
  });
});
