import { expect, test } from "vitest";
import type { Schema } from "#lib/kiwi/schema.ts";
import { listedNames } from "#lib/relaxng/name-class.ts";
import { documentationOf } from "./own-documentation.ts";
import { testKiwis } from "./testing/schema.test-support.ts";

function withoutText({ grammar }: Schema): string[] {
  const silent: string[] = [];
  for (const declaration of grammar.elements) {
    for (const { local } of listedNames(declaration.nameClass) ?? []) {
      if (documentationOf(declaration, local) === undefined) silent.push(local);
      for (const { leaf } of grammar.contentOf(declaration).attributeLeaves) {
        if (leaf.kind !== "attribute") continue;
        for (const attribute of listedNames(leaf.declaration.nameClass) ?? []) {
          const text = documentationOf(leaf.declaration, local, attribute.local);
          if (text === undefined) silent.push(`${local}/@${attribute.local}`);
        }
      }
    }
  }
  return silent;
}

test.skipIf(testKiwis.length === 0)("every element and every attribute has a text to show, in each KIWI", () => {
  for (const { schema } of testKiwis) expect(withoutText(schema())).toEqual([]);
});
