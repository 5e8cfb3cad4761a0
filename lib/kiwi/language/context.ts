import type { ContentModel, Taker } from "#lib/relaxng/content-model.ts";
import { needs } from "#lib/relaxng/derivative.ts";
import { nearest } from "#lib/relaxng/did-you-mean.ts";
import type { CompiledGrammar } from "#lib/relaxng/grammar.ts";
import { listedNames } from "#lib/relaxng/name-class.ts";
import type { ElementDeclaration, Pattern } from "#lib/relaxng/pattern.ts";
import type { XmlAttribute, XmlElement } from "#lib/xml/tree.ts";

/** Something that may be written at a place, and whether the schema insists on it there. */
export interface Candidate {
  name: string;
  leaf: Taker["leaf"];
  required: boolean;
}

/** The declaration that an element falls under, found from the root down; null where it has none. */
export function declarationOf(grammar: CompiledGrammar, element: XmlElement): ElementDeclaration | null {
  const path: XmlElement[] = [];
  for (let at: XmlElement | null = element; at !== null; at = at.parent) path.push(at);
  let declaration: ElementDeclaration | null = null;
  for (const [i, step] of path.reverse().entries()) {
    const leaf: Taker["leaf"] | undefined =
      declaration === null ? undefined : grammar.contentOf(declaration).elements(step)[0]?.leaf;
    if (leaf?.kind === "element") declaration = leaf.declaration;
    else {
      const known = (i === 0 ? grammar.rootDeclaration(step) : null) ?? grammar.onlyDeclaration(step);
      // What was typed into an unfinished tag looks like an element of its own.
      const isTyped = step.parent?.form === "broken" && known === null;
      if (!isTyped) declaration = known ?? meantDeclaration(grammar, declaration, step.name);
    }
  }
  return declaration;
}

/** The declaration that was most likely meant by an unknown name among the children of an element. */
function meantDeclaration(grammar: CompiledGrammar, parent: ElementDeclaration | null, name: string) {
  const leaves = parent === null ? [] : grammar.contentOf(parent).elementLeaves.map(({ leaf }) => leaf);
  const names = leaves.map((leaf) => listedNames(leaf.declaration.nameClass)?.[0]?.local ?? "");
  const leaf = leaves[names.indexOf(nearest(name, names) ?? "")];
  return leaf?.kind === "element" ? leaf.declaration : null;
}

/** The elements that may be written between two runs of siblings. */
export function possibleElements(
  grammar: CompiledGrammar,
  declaration: ElementDeclaration,
  before: readonly Named[],
  after: readonly Named[],
): Candidate[] {
  const model = grammar.contentOf(declaration);
  return possible(grammar, model, model.elementLeaves, model.elements, before, after);
}

/** The attributes that may be added to those that an element has. */
export function possibleAttributes(
  grammar: CompiledGrammar,
  declaration: ElementDeclaration,
  present: readonly XmlAttribute[],
): Candidate[] {
  const model = grammar.contentOf(declaration);
  return possible(grammar, model, model.attributeLeaves, model.attributes, present, []);
}

type Named = { namespace: string; local: string };

function possible(
  grammar: CompiledGrammar,
  model: ContentModel,
  candidates: readonly Taker[],
  takersOf: (name: Named) => readonly Taker[],
  before: readonly Named[],
  after: readonly Named[],
): Candidate[] {
  const { derive, patterns } = grammar;
  /** What is left of a part after these siblings; those that do not fit are passed over. */
  const advance = (state: Pattern, part: number, siblings: readonly Taker[]) => {
    let taken = 0;
    let rest = state;
    for (const sibling of siblings) {
      if (sibling.part !== part) continue;
      const next = derive.step(rest, sibling.leaf);
      if (next === patterns.notAllowed) continue;
      rest = next;
      taken++;
    }
    return { rest, taken };
  };
  const takers = (names: readonly Named[]) => names.flatMap((name) => takersOf(name).slice(0, 1));
  const [beforeTakers, afterTakers] = [takers(before), takers(after)];

  return candidates.flatMap(({ part, leaf }) => {
    const state = advance(model.parts[part] as Pattern, part, beforeTakers).rest;
    const chosen = derive.step(state, leaf);
    if (chosen === patterns.notAllowed) return [];
    const without = advance(state, part, afterTakers);
    if (advance(chosen, part, afterTakers).taken < without.taken) return [];
    const required = needs(without.rest).some((alternatives) => alternatives.includes(leaf));
    const names = listedNames(leaf.declaration.nameClass) ?? [];
    return names.filter(({ namespace }) => namespace === "").map(({ local }) => ({ name: local, leaf, required }));
  });
}
