import type { Schema } from "#lib/kiwi/schema.ts";
import { listedNames } from "#lib/relaxng/name-class.ts";
import { documentationOf } from "../own-documentation.ts";

/** Every element of a schema, and every attribute of each, with what is shown of it to who points at it. */
export function* declarationsOf({ grammar }: Schema): Generator<{ name: string; text: string | undefined }> {
  for (const declaration of grammar.elements) {
    for (const { local } of listedNames(declaration.nameClass) ?? []) {
      yield { name: local, text: documentationOf(declaration, local) };
      for (const { leaf } of grammar.contentOf(declaration).attributeLeaves) {
        if (leaf.kind !== "attribute") continue;
        for (const attribute of listedNames(leaf.declaration.nameClass) ?? []) {
          yield {
            name: `${local}/@${attribute.local}`,
            text: documentationOf(leaf.declaration, local, attribute.local),
          };
        }
      }
    }
  }
}
