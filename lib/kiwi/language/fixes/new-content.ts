import { needs } from "#lib/relaxng/derivative.ts";
import type { CompiledGrammar } from "#lib/relaxng/grammar.ts";
import { valueExpectation } from "#lib/relaxng/messages.ts";
import { listedNames } from "#lib/relaxng/name-class.ts";
import type { AttributeDeclaration, ElementDeclaration, Pattern } from "#lib/relaxng/pattern.ts";
import { takesText } from "#lib/relaxng/takes-text.ts";
import type { NewElement } from "#lib/xml/edit/write.ts";

/** What fits many of the forms that values must have; the first that fits is taken. */
const plausible = [
  "",
  "1",
  "name",
  "1G",
  "1.0.0.0",
  "00:00:00:00:00:00",
  "en_US",
  "https://",
  "none",
  "t.linux",
  "oci:qcow2",
  "2048",
  "00000000-0000-0000-0000-000000000000",
] as const;

/** What is mostly meant where the author has said no more than that a value is wanted. */
const usual: Readonly<Record<string, string>> = {
  "description/@type": "system",
  "packages/@type": "image",
  "type/@image": "oem",
  "type/@luks": "random",
  "signing/@key": "file:///",
  "partition/@name": "data",
};

/** A value that an attribute of an element may have, as near to nothing as its form allows. */
export function newValue({ derive }: CompiledGrammar, element: string, declaration: AttributeDeclaration): string {
  const name = listedNames(declaration.nameClass)?.[0]?.local ?? "";
  const value = usual[`${element}/@${name}`];
  if (value !== undefined && takesText(declaration.value, value)) return value;
  return dataFor(declaration.value, derive);
}

function dataFor(pattern: Pattern, derive: CompiledGrammar["derive"]): string {
  const { values } = valueExpectation(pattern, derive.leaves(pattern));
  return [...values, ...plausible].find((value) => takesText(pattern, value)) ?? "";
}

/** How deep required elements are filled with what they require. */
const maxDepth = 5;

/** A new element with all that the schema requires in it. */
export function newElement(grammar: CompiledGrammar, declaration: ElementDeclaration, depth = 0): NewElement {
  const model = grammar.contentOf(declaration);
  const name = listedNames(declaration.nameClass)?.[0]?.local ?? "";
  const wanted = model.parts.flatMap(needs).flatMap((alternatives) => alternatives.slice(0, 1));
  const attributes = wanted.flatMap((leaf) => {
    if (leaf.kind !== "attribute") return [];
    const key = listedNames(leaf.declaration.nameClass)?.[0]?.local;
    return key === undefined ? [] : [[key, newValue(grammar, name, leaf.declaration)] as const];
  });
  const children = wanted.flatMap((leaf) =>
    leaf.kind === "element" && depth < maxDepth ? [newElement(grammar, leaf.declaration, depth + 1)] : [],
  );
  const { text } = model;
  const pattern = text === null ? undefined : model.parts[text.part];
  if (pattern === undefined || children.length > 0) return { name, attributes, children };
  return { name, attributes, text: text?.data === true ? dataFor(pattern, grammar.derive) : "" };
}
