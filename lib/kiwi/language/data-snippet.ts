import type { Value } from "#lib/kiwi/formats/value.ts";
import type { CompiledGrammar } from "#lib/relaxng/grammar.ts";
import type { ElementDeclaration } from "#lib/relaxng/pattern.ts";
import { possibleElements } from "./context.ts";
import { onlyValue, requiredLeaves } from "./snippet.ts";

/** How deep required children are written into a snippet. */
const maxDepth = 2;

/** A new element with what the schema requires in it, as keys and values with stops to fill in. */
export function elementValue(grammar: CompiledGrammar, declaration: ElementDeclaration): Value {
  let stop = 0;
  const build = (what: ElementDeclaration, depth: number): Value => {
    const model = grammar.contentOf(what);
    const entries = new Map<string, Value>();
    for (const { name, leaf } of model.parts.flatMap((part) => requiredLeaves(part, "attribute"))) {
      entries.set(`@${name}`, scalar(onlyValue(leaf) ?? `$${++stop}`));
    }
    const children = depth < maxDepth ? model.parts.flatMap((part) => requiredLeaves(part, "element")) : [];
    for (const { name, leaf } of children) {
      if (leaf.kind !== "element") continue;
      const child = build(leaf.declaration, depth + 1);
      entries.set(name, isRepeatable(grammar, what, name) ? listOf(child) : child);
    }
    if (entries.size === 0) return scalar(`$${++stop}`);
    if (model.text !== null) entries.set("#text", scalar(`$${++stop}`));
    return { kind: "map", comments: [], entries };
  };
  return build(declaration, 0);
}

/** Whether a child may stand several times, and so is written as a list. */
export function isRepeatable(grammar: CompiledGrammar, parent: ElementDeclaration, name: string): boolean {
  const first = grammar.contentOf(parent).elements({ namespace: "", local: name });
  if (first.length === 0) return false;
  const sibling = { namespace: "", local: name };
  return possibleElements(grammar, parent, [sibling], []).some((candidate) => candidate.name === name);
}

export function listOf(item: Value): Value {
  return { kind: "list", comments: [], items: [item] };
}

export function scalar(text: string): Value {
  return { kind: "scalar", comments: [], text };
}
