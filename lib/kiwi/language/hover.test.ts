import { describe, expect, test } from "vitest";
import { listedNames } from "#lib/relaxng/name-class.ts";
import { documentationOf } from "./own-documentation.ts";
import { atMark, description } from "./testing/marked.test-support.ts";
import { schemaText, testLanguage, testSchema } from "./testing/schema.test-support.ts";

const hover = (marked: string) => testLanguage().hover(atMark(marked));

describe.skipIf(schemaText === null)("hover", () => {
  test.each([
    ["a start tag", '<pre‸ferences><type image="oem"/></preferences>', "`<preferences>`"],
    ["an end tag", '<preferences><type image="oem"/></pre‸ferences>', "`<preferences>`"],
    ["an attribute", '<preferences><type im‸age="oem"/></preferences>', "`image`"],
    ["a value", '<preferences><type image="o‸em"/></preferences>', "`image`"],
  ])("over %s", (_, inner, title) => {
    const text = description(inner);
    const found = hover(text);
    expect(found?.markdown).toContain(title);
    expect(found?.start).toBeLessThan(text.indexOf("‸"));
  });

  test("says what an attribute may be, and what an element needs", () => {
    expect(hover(description('<preferences><type image="o‸em"/></preferences>'))?.markdown).toContain('"oem"');
    expect(hover(description('<preferences><ty‸pe image="oem"/></preferences>'))?.markdown).toContain(
      "Required: `image`",
    );
  });

  test("is silent where nothing is known", () => {
    expect(hover(description("<noth‸ing/>"))).toBeNull();
    expect(hover(description("<preferences> ‸ </preferences>"))).toBeNull();
  });

  test("has a text for every element and attribute, ours where the schema has none", () => {
    const { grammar } = testSchema();
    const silent: string[] = [];
    for (const declaration of grammar.elements) {
      const element = listedNames(declaration.nameClass)?.[0]?.local;
      if (element === undefined) continue;
      if (documentationOf(declaration, element) === undefined) silent.push(element);
      for (const { leaf } of grammar.contentOf(declaration).attributeLeaves) {
        const attribute = listedNames(leaf.declaration.nameClass)?.[0]?.local ?? "";
        if (documentationOf(leaf.declaration, element, attribute) === undefined)
          silent.push(`${element}/@${attribute}`);
      }
    }
    expect(silent).toEqual([]);
  });
});
