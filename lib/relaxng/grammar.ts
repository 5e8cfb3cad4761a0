import { type ContentModel, contentModels, type Taker } from "./content-model.ts";
import { type Derivatives, derivatives } from "./derivative.ts";
import { type Grammar, loadGrammar } from "./load.ts";
import { listedNames, type Name, nameKey } from "./name-class.ts";
import type { ElementDeclaration, Pattern } from "./pattern.ts";

/** A grammar, ready to judge documents and to answer what may stand where. */
export interface CompiledGrammar extends Grammar {
  readonly derive: Derivatives;
  contentOf(declaration: ElementDeclaration): ContentModel;
  /** The declaration of the root element of that name, if it may be one. */
  rootDeclaration(name: Name): ElementDeclaration | null;
  /** The declaration of an element of that name wherever it stands, if there is exactly one. */
  onlyDeclaration(name: Name): ElementDeclaration | null;
  /** Names of the elements that may hold an element, or an attribute, of that name. */
  ownersOfElement(name: Name): readonly string[];
  ownersOfAttribute(name: Name): readonly string[];
}

/** Compiles a RELAX NG grammar in XML syntax. Throws a SchemaError. */
export function compileGrammar(text: string): CompiledGrammar {
  const grammar = loadGrammar(text);
  const derive = derivatives(grammar.patterns);
  const contentOf = contentModels(grammar.patterns, derive);

  const byName = new Map<string, ElementDeclaration[]>();
  const elementOwners = new Map<string, Set<string>>();
  const attributeOwners = new Map<string, Set<string>>();
  for (const declaration of grammar.elements) {
    const names = listedNames(declaration.nameClass) ?? [];
    const model = contentOf(declaration);
    for (const name of names) {
      append(byName, nameKey(name), declaration);
      note(elementOwners, model.elementLeaves, name.local);
      note(attributeOwners, model.attributeLeaves, name.local);
    }
  }
  const roots = [...derive.leaves(grammar.start)].filter((leaf) => leaf.kind === "element");

  return {
    ...grammar,
    derive,
    contentOf,
    rootDeclaration: (name) => roots.find((leaf) => takesListed(leaf, name))?.declaration ?? null,
    onlyDeclaration(name) {
      const known = byName.get(nameKey(name)) ?? [];
      return known.length === 1 ? (known[0] ?? null) : null;
    },
    ownersOfElement: (name) => [...(elementOwners.get(nameKey(name)) ?? [])],
    ownersOfAttribute: (name) => [...(attributeOwners.get(nameKey(name)) ?? [])],
  };
}

function takesListed(leaf: Pattern & { kind: "element" }, name: Name): boolean {
  return (listedNames(leaf.declaration.nameClass) ?? []).some((one) => nameKey(one) === nameKey(name));
}

function note(owners: Map<string, Set<string>>, takers: readonly Taker[], owner: string): void {
  for (const { leaf } of takers) {
    for (const name of listedNames(leaf.declaration.nameClass) ?? []) {
      const key = nameKey(name);
      owners.set(key, (owners.get(key) ?? new Set()).add(owner));
    }
  }
}

function append<V>(map: Map<string, V[]>, key: string, value: V): void {
  map.set(key, [...(map.get(key) ?? []), value]);
}
