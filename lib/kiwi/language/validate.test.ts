import { describe, expect, test } from "vitest";
import type { Problem } from "#lib/contracts/problem.ts";
import { lineIndex } from "#lib/xml/positions.ts";
import { createLanguage } from "./index.ts";
import { description, requestFor } from "./testing/marked.test-support.ts";
import { schemaText, testLanguage } from "./testing/schema.test-support.ts";

/** The problems of a text in which marks «…» show where they are to be, as `marked part: message`. */
function problemsOf(marked: string): { found: string[]; expectedAt: string[] } {
  const text = marked.replace(/[«»]/g, "");
  const lines = lineIndex(text);
  const show = (problem: Problem) => {
    const start = lines.offset({ line: problem.line, column: problem.column });
    const end = lines.offset({ line: problem.endLine, column: problem.endColumn });
    return `${start}-${end}`;
  };
  const expectedAt: string[] = [];
  let removed = 0;
  for (const match of marked.matchAll(/«([^»]*)»/g)) {
    const start = match.index - removed;
    expectedAt.push(`${start}-${start + (match[1] ?? "").length}`);
    removed += 2;
  }
  const problems = testLanguage().validate(requestFor(text));
  return { found: problems.map(show), expectedAt };
}

const preferences = (inner: string) => description(`<preferences><version>1.0.0</version>${inner}</preferences>`);
const type = (attributes: string, inner = "") => preferences(`<type ${attributes}>${inner}</type>`);

describe.skipIf(schemaText === null)("with KIWI's schema", () => {
  test.each([
    ["nothing is wrong", type('image="oem" filesystem="ext4"')],
    ["attribute name", type('image="oem" filesystem="ext4" «firmwar»="efi"')],
    ["attribute value", type('image="«omi»"')],
    ["element name", preferences("<«packagemanger»>apt</packagemanger>")],
    ["element of another parent", description("<preferences/><«version»>1</version>")],
    ["second of one that may stand once", preferences("<«version»>2</version>")],
    ["missing attribute", preferences("<«type»/>")],
    ["missing element", description("<preferences/><«repository»/>")],
    ["text between elements", preferences("«text»")],
    ["text value", preferences("<packagemanager>«aptt»</packagemanager>")],
    ["rule of Schematron, on the attribute it speaks of", type('image="docker" «volid»="x"')],
    [
      "rule of Schematron, on an attribute of its own",
      type('image="oem" filesystem="xfs" «btrfs_quota_groups»="true"'),
    ],
    ["two at once", type('image="docker" «volid»="x" «nothing»="y"')],
    ["broken XML beside a wrong name", type('image="oem" filesystem="ext4" «firmwar»="a«&b»"')],
    ["no rule misses what is only misspelt", type('image="oem" «filesytem»="xfs"')],
    ["rules speak of all else", type('«image»="oem" «volumid»="x" «nothing»="x"')],
    ["no rule speaks of a value that is missing", preferences('<«type» volid="x"/>')],
  ])("%s", (_, marked) => {
    const { found, expectedAt } = problemsOf(marked);
    expect(found).toEqual(expectedAt);
  });

  test("messages say what is allowed instead", () => {
    const messages = (text: string) =>
      testLanguage()
        .validate(requestFor(text))
        .map((problem) => problem.message);
    expect(messages(type('image="oem" filesystem="ext4" firmwar="efi"'))).toEqual([
      'The attribute "firmwar" is not allowed in <type>. Did you mean "firmware"?',
    ]);
    expect(messages(preferences("<version>2</version>"))).toEqual([
      "Only one <version> is allowed in <preferences>. The first is in line 7.",
    ]);
    expect(messages(description("<preferences/><version>1</version>"))).toEqual([
      "<version> is not allowed in <image>. It belongs in <preferences>.",
    ]);
    expect(messages(preferences("<packagemanager>dnf</packagemanager>"))[0]).toContain('Did you mean "dnf4"?');
  });

  test("a broken text is judged as far as it goes", () => {
    const text = type('image="oem" filesystem="ext4" firmwar="efi"').replace("</contact>", "</contact");
    const layers = testLanguage()
      .validate(requestFor(text))
      .map((problem) => problem.layer);
    expect(layers).toEqual(["syntax", "relaxng"]);
  });

  test("thousands of mistakes give a bounded list", () => {
    const text = preferences("<nothing/>".repeat(5000));
    expect(testLanguage().validate(requestFor(text))).toHaveLength(500);
  });
});

test("without a schema well-formedness and includes are checked", () => {
  const language = createLanguage({ schema: null, kiwiVersion: null, schemaVersion: null });
  const codes = (text: string) => language.validate(requestFor(text)).map((problem) => problem.code);
  expect(codes("<image><nothing/></image>")).toEqual([]);
  expect(codes("<image><nothing></image>")).toEqual(["unclosed-element"]);
  expect(codes('<image><include from="this://no.xml"/></image>')).toEqual(["missing-include"]);
});

test("YAML is checked for its own well-formedness, and refused where KIWI cannot read it", () => {
  const yaml = createLanguage({ schema: null, kiwiVersion: null, schemaVersion: null });
  const faulty = yaml.validate(requestFor("image:\n  a: [1\n", { path: "config.yaml", mains: ["config.yaml"] }));
  expect(faulty[0]).toMatchObject({ layer: "syntax", severity: "error" });
  expect(yaml.validate(requestFor('image:\n  "@name": a\n', { path: "a.kiwi", mains: ["a.kiwi"] }))).toEqual([]);
});

test("a link that was checked out as text is judged as the file that it leads to", () => {
  const language = createLanguage({ schema: null, kiwiVersion: null, schemaVersion: null });
  const request = requestFor("config.xml", { path: "a.kiwi", files: { "config.xml": "<image>" }, mains: ["a.kiwi"] });
  expect(language.validate(request)).toMatchObject([
    { code: "link-as-text", severity: "warning" },
    { code: "unclosed-element", file: "config.xml" },
  ]);
});
