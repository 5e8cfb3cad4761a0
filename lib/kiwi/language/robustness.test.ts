import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseXml } from "#lib/xml/parse.ts";
import { maxErrors } from "#lib/xml/source.ts";
import { writtenTree } from "#lib/xml/testing/written.test-support.ts";
import type { DocumentRequest, Language, TextRange } from "./index.ts";
import { hostileTexts, imageTypesWithRandomAttributes } from "./testing/hostile.test-support.ts";
import { description, requestFor } from "./testing/marked.test-support.ts";
import { vocabulary } from "./testing/mutants.test-support.ts";
import { schemaText, testLanguage, testSchema } from "./testing/schema.test-support.ts";

const pieces: readonly string[] = [
  "<",
  ">",
  "</",
  "/>",
  "=",
  '"',
  "'",
  " ",
  "\n",
  "&",
  "<!--",
  "-->",
  "<image",
  "<preferences>",
  "</preferences>",
  "<type",
  " image=",
  '"oem"',
  "schemaversion='7.4'",
  "<include from='this://a.xml'/>",
  "</image>",
  "<packages",
  " type",
  "<packagemanager>",
  "dnf",
  "<extension><x:a xmlns:x='u'>",
  "]]>",
  "<?xml version='1.0'?>",
  "<!DOCTYPE image [",
  "é",
  "😀",
];

/** Where all that a language says of the structure and the names of a file stands in it. */
function rangesOf(language: Language, request: DocumentRequest, offset: number): TextRange[] {
  const place = { ...request, offset };
  const formatted = language.format(request, { indent: "  " });
  const renamed = language.rename(place, "other");
  const inFile = ({ path }: { path: string }) => path === request.path;
  return [
    ...language.outline(request),
    ...language.selection(place),
    ...(language.tagPair(place) ?? []),
    ...("edits" in formatted ? formatted.edits : []),
    ...[language.definition(place) ?? []].flat(),
    ...(language.references(place) ?? []).filter(inFile),
    ...("edits" in renamed ? renamed.edits.filter(inFile) : []),
    ...language.links(request),
    ...language.lenses(request).map(({ start }) => ({ start, end: start })),
    // These speak of lines and of text to be written; here it counts that they answer.
    ...(language.folding(request).length >= 0 && language.closingTag(place) !== "" ? [] : [{ start: 1, end: 0 }]),
  ];
}

describe.skipIf(schemaText === null)("whatever stands in a file", () => {
  test("every question gets an answer that lies inside of the text", () => {
    const language = testLanguage();
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((list) => list.join(""));
    fc.assert(
      fc.property(text, text, fc.nat(), (main, fragment, place) => {
        const request = requestFor(main, { files: { "a.xml": fragment } });
        const offset = place % (main.length + 1);
        for (const problem of language.validate(request)) {
          expect(problem.endLine * 1e6 + problem.endColumn).toBeGreaterThanOrEqual(problem.line * 1e6 + problem.column);
        }
        for (const { start, end } of language.complete({ ...request, offset }).items) {
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(main.length);
        }
        const hover = language.hover({ ...request, offset });
        if (hover !== null) expect(hover.end).toBeGreaterThan(hover.start);
        for (const { start, end } of rangesOf(language, request, offset)) {
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(main.length);
        }
      }),
      { numRuns: 1500 },
    );
  });

  test.each(hostileTexts)("$name: judged, and rightly", ({ text, files, isSound = false }) => {
    const request = requestFor(text(20_000), files && { files });
    const errors = testLanguage()
      .validate(request)
      .filter(({ severity }) => severity === "error");
    expect(errors.length === 0).toBe(isSound);
    expect(testLanguage().complete({ ...request, offset: 10_000 }).items).toBeInstanceOf(Array);
  });

  test("larger texts make no more patterns than smaller ones", () => {
    const judgeAll = (size: number) => {
      for (const { text, files } of [...hostileTexts, imageTypesWithRandomAttributes(vocabulary(testSchema()))])
        testLanguage().validate(requestFor(text(size), files && { files }));
      return testSchema().grammar.patterns.size();
    };
    const size = judgeAll(1000);
    expect(judgeAll(5000)).toBe(size);
  });

  test("20,000 levels are no overflow", () => {
    const text = description("<a>".repeat(20_000) + "</a>".repeat(20_000));
    expect(
      testLanguage()
        .validate(requestFor(text))
        .map(({ code }) => code),
    ).toContain("too-deep");
  });

  test("what stands behind too many errors is not read, and covered all the same", () => {
    const text = `<a>${"&".repeat(maxErrors)}<b/><c/></a>`;
    const { children, errors } = parseXml(text);
    expect(errors).toHaveLength(maxErrors);
    expect(children.at(-1)).toMatchObject({ end: text.length });
    expect(writtenTree({ children, errors: [] }).at(-1)).toContain('"unread"');
  });

  test.each(Object.getOwnPropertyNames(Object.prototype))("the name %s is one like any other", (name) => {
    const text = description(`<profiles><profile name="${name}" description="&${name};"/></profiles>
      <preferences><packagemanager>${name}</packagemanager><type image="${name}" filesystem="${name}" ${name}="1"/></preferences>
      <repository type="${name}" arch="${name}"><source path="${name}:a"/><${name}/></repository>
      <packages type="${name}" profiles="${name}"><package name="${name}" arch="${name}"/><${name} name="a"/></packages>
      <${name}><${name} ${name}="a"/></${name}>`);
    const language = testLanguage();
    const request = requestFor(text, { path: `${name}.${name}`, files: {} });
    for (const problem of language.validate(request)) {
      expect(problem.message).not.toContain("[native code]");
      expect(language.fixes(request, problem)).toBeInstanceOf(Array);
    }
    for (let offset = text.indexOf(name); offset >= 0; offset = text.indexOf(name, offset + 1)) {
      rangesOf(language, request, offset + 1);
      language.complete({ ...request, offset });
      expect(language.hover({ ...request, offset: offset + 1 })?.markdown ?? "").not.toContain("[native code]");
    }
  });

  test("random sets of attributes make no new patterns", () => {
    const attributes = (vocabulary(testSchema()).fitting.get("type") ?? []).map(({ name }) => name);
    expect(attributes.length).toBeGreaterThan(80);
    const judge = (set: readonly string[]) => {
      const type = `<type ${set.map((name) => `${name}="x"`).join(" ")}/>`;
      testLanguage().validate(requestFor(description(`<preferences>${type}</preferences>`)));
    };
    judge([]);
    judge(attributes);
    const size = testSchema().grammar.patterns.size();
    fc.assert(fc.property(fc.subarray(attributes), judge), { numRuns: 200 });
    expect(testSchema().grammar.patterns.size()).toBe(size);
  });
});
