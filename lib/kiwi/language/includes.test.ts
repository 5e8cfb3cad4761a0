import { describe, expect, test } from "vitest";
import { createLanguage } from "./index.ts";
import { description, requestFor } from "./testing/marked.test-support.ts";
import { schemaText, testLanguage } from "./testing/schema.test-support.ts";

const bare = createLanguage({ schema: null, kiwiVersion: null, schemaVersion: null });
const main = (from: string) => `<image><include from="${from}"/></image>`;

describe("where an include leads", () => {
  const files = { "part.xml": "<image/>", "parts/one.xml": "<image/>" };

  test.each<[string, string[]]>([
    ["this://part.xml", []],
    ["this://./parts/one.xml", []],
    ["part.xml", []],
    ["this://parts/../part.xml", []],
    ["this://none.xml", ["missing-include"]],
    ["none.xml", ["missing-include"]],
    ["this:///part.xml", ["missing-include"]],
    ["", ["missing-include"]],
    ["this://a part.xml", ["missing-include"]],
    ["file://part.xml", ["missing-include"]],
    ["https://example.com/part.xml", ["remote-include"]],
    ["http://example.com/part.xml", ["remote-include"]],
    ["this://../part.xml", ["include-outside"]],
    ["this://parts/../../part.xml", ["include-outside"]],
    ["/etc/passwd", ["include-outside"]],
    ["file:///etc/passwd", ["include-outside"]],
    ["this://config.xml", ["include-cycle"]],
  ])("%s", (from, codes) => {
    const problems = bare.validate(requestFor(main(from), { files }));
    expect(problems.map((problem) => problem.code)).toEqual(codes);
  });

  test("no path outside of the folder is ever read", () => {
    const read: string[] = [];
    for (const from of [
      "this://../x.xml",
      "/etc/passwd",
      "file:///etc/passwd",
      "this:///etc/passwd",
      "a/../../x.xml",
    ]) {
      bare.validate({ ...requestFor(main(from)), read: (path) => void read.push(path) });
    }
    expect(read).toEqual([]);
  });
});

test("a plain relative path is refused only where XML passes through anymarkup, since KIWI looks elsewhere then", () => {
  const codes = (from: string, xmlThroughMarkup: boolean) => {
    const kiwi = { schema: null, kiwiVersion: null, schemaVersion: null, formats: ["yaml" as const], xmlThroughMarkup };
    const problems = createLanguage(kiwi).validate(requestFor(main(from), { files: { "part.xml": "<image/>" } }));
    return problems.map((problem) => problem.code);
  };
  expect(codes("part.xml", true)).toEqual(["relative-include"]);
  expect(codes("this://part.xml", true)).toEqual([]);
  expect(codes("part.xml", false)).toEqual([]);
});

describe("what an included file may not do", () => {
  const codes = (fragment: string) =>
    bare
      .validate(requestFor(main("this://part.xml"), { files: { "part.xml": fragment } }))
      .map(({ code, file }) => [code, file]);

  test.each<[string, string, [string, string | undefined][]]>([
    ["include others", '<image><include from="this://b.xml"/></image>', [["nested-include", "part.xml"]]],
    [
      "include its own main file",
      '<image><include from="this://config.xml"/></image>',
      [["include-cycle", "part.xml"]],
    ],
    ["have another root", "<packages/>", [["include-without-image", "part.xml"]]],
    [
      "be broken",
      "<image>",
      [
        ["broken-include", undefined],
        ["unclosed-element", "part.xml"],
      ],
    ],
  ])("%s", (_, fragment, expected) => {
    expect(codes(fragment)).toEqual(expected);
  });
});

describe.skipIf(schemaText === null)("with KIWI's schema", () => {
  const files = {
    "config.xml": description('<include from="this://part.xml"/><preferences/>'),
    "part.xml": '<image ignored="yes"><packages type="image">\n<package nam="x"/></packages></image>',
  };

  test("problems of an included file name it and their place in it", () => {
    const problems = testLanguage().validate(requestFor(files["config.xml"], { files }));
    expect(problems.map(({ file, line, column, code }) => ({ file, line, column, code }))).toEqual([
      { file: "part.xml", line: 2, column: 10, code: "attribute-not-allowed" },
    ]);
  });

  test("a fragment is judged as part of the file that includes it, and only its own problems are told", () => {
    const faultyMain = files["config.xml"].replace("<preferences/>", '<preferences nothing="x"/>');
    const request = requestFor(files["part.xml"], { path: "part.xml", files: { ...files, "config.xml": faultyMain } });
    const problems = testLanguage().validate(request);
    expect(problems.map(({ file, code }) => [file, code])).toEqual([[undefined, "attribute-not-allowed"]]);
  });

  test("a fragment that nothing includes is judged as a description", () => {
    const request = requestFor(files["part.xml"], { path: "part.xml", mains: [] });
    expect(
      testLanguage()
        .validate(request)
        .map((problem) => problem.code),
    ).toContain("missing-schemaversion");
  });

  test("what may stand once may stand once in all files together", () => {
    const part = `<image>${files["config.xml"].match(/<description[^]*<\/description>/)?.[0]}</image>`;
    const [problem] = testLanguage().validate(requestFor(files["config.xml"], { files: { "part.xml": part } }));
    expect(problem).toMatchObject({ code: "too-many-elements" });
    expect(problem?.message).toMatch(/The first is in (?:part|config)\.xml, line \d/);
  });

  test("Schematron rules look across files", () => {
    const apt = '<image><packages type="bootstrap" bootstrap_package="x"><package name="y"/></packages></image>';
    const withManager = (name: string) =>
      description(
        `<include from="this://part.xml"/><preferences><packagemanager>${name}</packagemanager></preferences>`,
      );
    const validate = (name: string) =>
      testLanguage()
        .validate(requestFor(withManager(name), { files: { "part.xml": apt } }))
        .map((problem) => problem.layer);
    expect(validate("apt")).toEqual([]);
    expect(validate("zypper")).toEqual(["schematron"]);
  });
});
