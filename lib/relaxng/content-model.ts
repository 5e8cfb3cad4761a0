import type { Derivatives } from "./derivative.ts";
import { listedNames, type Name, nameKey, takesName } from "./name-class.ts";
import type { ElementDeclaration, Pattern, Patterns } from "./pattern.ts";

/**
 * The content of one element declaration, cut into parts that do not depend on one another: each attribute, and each
 * child of an interleave, is a part of its own with a state of its own. So the number of states stays small, however
 * many optional attributes and children a document combines.
 */
export interface ContentModel {
  readonly parts: readonly Pattern[];
  /** Which part, and which leaf in it, takes an attribute or element of that name; several where it is ambiguous. */
  attributes(name: Name): readonly Taker[];
  elements(name: Name): readonly Taker[];
  /** The part that takes character data, if there is one; `data` where the data must have a certain form. */
  readonly text: { part: number; data: boolean } | null;
  /** Leaves by kind, in the order of the schema: what may stand here at all. */
  readonly attributeLeaves: readonly Taker[];
  readonly elementLeaves: readonly Taker[];
  /** The parts as they are left where no attribute is given. */
  readonly closed: readonly Pattern[];
  /** The parts that need an attribute. */
  readonly requiringAttributes: readonly number[];
}

export interface Taker {
  part: number;
  leaf: Pattern & { kind: "element" | "attribute" };
}

export function contentModels(patterns: Patterns, derive: Derivatives): (of: ElementDeclaration) => ContentModel {
  const models = new Map<ElementDeclaration, ContentModel>();
  return (declaration) => {
    let model = models.get(declaration);
    if (model === undefined) {
      model = contentModel(independentParts(declaration.content(), patterns, derive), patterns, derive);
      models.set(declaration, model);
    }
    return model;
  };
}

function contentModel(parts: readonly Pattern[], patterns: Patterns, derive: Derivatives): ContentModel {
  const attributeLeaves: Taker[] = [];
  const elementLeaves: Taker[] = [];
  let text: ContentModel["text"] = null;
  for (const [part, pattern] of parts.entries()) {
    for (const leaf of derive.leaves(pattern)) {
      if (leaf.kind === "attribute") attributeLeaves.push({ part, leaf });
      else if (leaf.kind === "element") elementLeaves.push({ part, leaf });
      else if (leaf.kind === "text" || leaf.kind === "data") text = { part, data: leaf.kind === "data" };
    }
  }
  const attributeParts = [...new Set(attributeLeaves.map((taker) => taker.part))];
  const closed = parts.map(derive.closeAttributes);
  return {
    parts,
    text,
    attributeLeaves,
    elementLeaves,
    closed,
    requiringAttributes: attributeParts.filter((part) => closed[part] === patterns.notAllowed),
    attributes: takersByName(attributeLeaves),
    elements: takersByName(elementLeaves),
  };
}

function takersByName(takers: readonly Taker[]): (name: Name) => readonly Taker[] {
  const listed = new Map<string, Taker[]>();
  const open: Taker[] = [];
  for (const taker of takers) {
    const names = listedNames(taker.leaf.declaration.nameClass);
    if (names === null) open.push(taker);
    for (const name of names ?? []) {
      const key = nameKey(name);
      listed.set(key, [...(listed.get(key) ?? []), taker]);
    }
  }
  return (name) => {
    const exact = listed.get(nameKey(name)) ?? nobody;
    if (open.length === 0) return exact;
    return [...exact, ...open.filter((taker) => takesName(taker.leaf.declaration.nameClass, name))];
  };
}

const nobody: readonly Taker[] = [];

/** Operands of an interleave, and attributes of a group, say nothing of one another (RELAX NG section 7.4 and 7.3). */
function independentParts(content: Pattern, patterns: Patterns, derive: Derivatives): Pattern[] {
  if (content.kind === "interleave") {
    return content.parts.flatMap((part) => independentParts(part, patterns, derive));
  }
  if (content.kind !== "group") return [content];
  const onlyAttributes = (part: Pattern) => [...derive.leaves(part)].every((leaf) => leaf.kind === "attribute");
  const attributes = content.parts.filter(onlyAttributes);
  const ordered = content.parts.filter((part) => !onlyAttributes(part));
  const rest = patterns.group(ordered);
  if (attributes.length === 0 && rest === content) return [content];
  return [...attributes, rest].flatMap((part) => independentParts(part, patterns, derive));
}
