import type { CompiledGrammar } from "#lib/relaxng/grammar.ts";
import type { ElementDeclaration } from "#lib/relaxng/pattern.ts";
import { parseXml } from "#lib/xml/parse.ts";
import { childElements, type XmlElement } from "#lib/xml/tree.ts";
import { type Candidate, declarationOf, possibleElements } from "./context.ts";
import type { SourceDocument } from "./source-document.ts";

/** Where something is written: what stands there now is not part of the question. */
interface Place {
  start: number;
  end: number;
}

/**
 * The elements that may be written at a place if it lies where the text behind it says. That is another place than the
 * tree's only where a mistake elsewhere in the text, a lost `<` for example, leaves open which element the place is in.
 */
export function candidatesFromBehind(
  grammar: CompiledGrammar,
  document: SourceDocument,
  parent: XmlElement | null,
  place: Place,
): Candidate[] {
  const isElsewhere = (error: Place) => error.end < place.start - 1 || error.start > place.end;
  if (!document.errors.some(isElsewhere)) return [];
  const behind = readBehind(grammar, document.text.slice(place.end));
  if (behind === null || (parent !== null && declarationOf(grammar, parent) === behind.declaration)) return [];
  const before = parent === null ? [] : childElements(parent).filter(({ start }) => start < place.start);
  const candidates = possibleElements(grammar, behind.declaration, before, behind.siblings);
  return candidates.map((candidate) => ({ ...candidate, required: false }));
}

/**
 * The declaration of the element whose end tag comes next, and the elements before that: the end tags that close
 * nothing behind a place are those of the elements around it. Null where there are none.
 */
function readBehind(grammar: CompiledGrammar, rest: string) {
  const names: string[] = [];
  const siblings: XmlElement[] = [];
  for (const node of parseXml(rest).children) {
    if (node.kind === "element" && names.length === 0) siblings.push(node);
    if (node.kind === "stray-end-tag") names.push(rest.slice(node.start + 2, node.end).replace(/\s*>$/, ""));
  }
  // From the root inwards; what the schema does not know there is another mistake.
  const declaration = names.reverse().reduce<ElementDeclaration | null>((outer, local) => {
    const name = { namespace: "", local };
    if (outer === null) return grammar.rootDeclaration(name);
    const leaf = grammar.contentOf(outer).elements(name)[0]?.leaf;
    return leaf?.kind === "element" ? leaf.declaration : outer;
  }, null);
  return declaration === null ? null : { declaration, siblings };
}
