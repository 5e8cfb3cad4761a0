import { needs } from "#lib/relaxng/derivative.ts";
import type { CompiledGrammar } from "#lib/relaxng/grammar.ts";
import { listedNames } from "#lib/relaxng/name-class.ts";
import type { ElementDeclaration, Pattern } from "#lib/relaxng/pattern.ts";

/** How deep required children are written into a snippet. */
const maxDepth = 2;

/** Elements that may hold others and mostly hold none. */
const mostlyEmpty: ReadonlySet<string> = new Set(["bootloader", "containerconfig", "profile", "source", "type"]);

/** The text of a new element without its first `<`, with what the schema requires in it and stops to fill in. */
export function elementSnippet(grammar: CompiledGrammar, name: string, declaration: ElementDeclaration): string {
  let stop = 0;
  const write = (tag: string, what: ElementDeclaration, depth: number): string => {
    const model = grammar.contentOf(what);
    const attributes = model.parts
      .flatMap((part) => requiredLeaves(part, "attribute"))
      .map(({ leaf, name: attribute }) => ` ${attribute}="${onlyValue(leaf) ?? `$${++stop}`}"`)
      .join("");
    const children = model.parts.flatMap((part) => requiredLeaves(part, "element"));
    if (children.length === 0 && needsForeign(model.parts)) {
      return `${tag}${attributes}>\n\t<${"${1:my:content}"} xmlns:my="${"${2:https://example.com/my}"}"/>\n</${tag}>`;
    }
    if (children.length > 0 && depth < maxDepth) {
      const indent = "\t".repeat(depth + 1);
      const inner = children.flatMap((child) =>
        child.leaf.kind === "element" ? [`${indent}<${write(child.name, child.leaf.declaration, depth + 1)}`] : [],
      );
      return `${tag}${attributes}>\n${inner.join("\n")}\n${"\t".repeat(depth)}</${tag}>`;
    }
    if (model.text !== null) return `${tag}${attributes}>$${++stop}</${tag}>`;
    if (model.elementLeaves.length === 0 || mostlyEmpty.has(tag)) return `${tag}${attributes}/>`;
    const indent = "\t".repeat(depth + 1);
    return `${tag}${attributes}>\n${indent}$${++stop}\n${"\t".repeat(depth)}</${tag}>`;
  };
  return write(name, declaration, 0);
}

/** A new attribute with its value to fill in. */
export function attributeSnippet(name: string, leaf: Pattern): string {
  return `${name}="${onlyValue(leaf) ?? "$1"}"`;
}

/** Whether an element of any name, from a namespace of the author's own, must stand inside. */
function needsForeign(parts: readonly Pattern[]): boolean {
  const wanted = parts.flatMap((part) => needs(part)).flatMap(([leaf]) => leaf ?? []);
  return wanted.some((leaf) => leaf.kind === "element" && listedNames(leaf.declaration.nameClass) === null);
}

/** What a part of a content model insists on: of alternatives the first. */
export function requiredLeaves(part: Pattern, kind: "element" | "attribute") {
  return needs(part).flatMap((alternatives) => {
    const leaf = alternatives[0];
    if (leaf === undefined || (leaf.kind !== "element" && leaf.kind !== "attribute") || leaf.kind !== kind) return [];
    const name = listedNames(leaf.declaration.nameClass)?.[0]?.local;
    return name === undefined ? [] : [{ leaf, name }];
  });
}

/** The value of an attribute that may have only one. */
export function onlyValue(leaf: Pattern): string | null {
  if (leaf.kind !== "attribute" || leaf.declaration.value.kind !== "data") return null;
  const { datatype } = leaf.declaration.value;
  return datatype.key.startsWith("value ") ? (datatype.values[0] ?? null) : null;
}
