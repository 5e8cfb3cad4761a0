import type { Schema } from "#lib/kiwi/schema.ts";
import { valueExpectation } from "#lib/relaxng/messages.ts";
import type { XmlAttribute, XmlElement } from "#lib/xml/tree.ts";
import { declarationOf, possibleAttributes } from "./context.ts";
import type { Hover } from "./contract.ts";
import { cursorAt } from "./cursor.ts";
import { keysIn } from "./in-format.ts";
import { documentationOf } from "./own-documentation.ts";
import type { Reading } from "./reading.ts";

/** What is known of the element or attribute at a place. */
export function hover(schema: Schema, { document }: Reading, offset: number): Hover | null {
  const cursor = cursorAt(document, offset);
  switch (cursor.kind) {
    case "element-name":
    case "end-tag": {
      const markdown = cursor.element === null ? null : elementText(schema, cursor.element);
      return markdown === null ? null : { markdown: keysIn(document, markdown), start: cursor.start, end: cursor.end };
    }
    case "attribute-name":
    case "attribute-value": {
      const { attribute, element } = cursor;
      const markdown = attribute === null ? null : attributeText(schema, element, attribute);
      if (attribute === null || markdown === null) return null;
      return { markdown: keysIn(document, markdown), start: attribute.start, end: attribute.end };
    }
    default:
      return null;
  }
}

function elementText({ grammar }: Schema, element: XmlElement): string | null {
  const declaration = declarationOf(grammar, element);
  if (declaration === null) return null;
  const required = possibleAttributes(grammar, declaration, []).filter((candidate) => candidate.required);
  const lines = [`**\`<${element.name}>\`**`, documentationOf(declaration, element.name) ?? "No documentation."];
  if (required.length > 0) lines.push(`Required: ${required.map(({ name }) => `\`${name}\``).join(", ")}`);
  return lines.join("\n\n");
}

function attributeText({ grammar }: Schema, element: XmlElement, attribute: XmlAttribute): string | null {
  const declaration = declarationOf(grammar, element);
  if (declaration === null) return null;
  const leaf = grammar.contentOf(declaration).attributes(attribute)[0]?.leaf;
  if (leaf?.kind !== "attribute") return null;
  const { value } = leaf.declaration;
  const documentation = documentationOf(leaf.declaration, element.name, attribute.local) ?? "No documentation.";
  const lines = [`**\`${attribute.name}\`** of \`<${element.name}>\``, documentation];
  if (value.kind !== "text") lines.push(`Must be ${valueExpectation(value, grammar.derive.leaves(value)).text}.`);
  return lines.join("\n\n");
}
