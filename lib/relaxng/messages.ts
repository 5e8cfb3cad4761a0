import type { XmlAttribute, XmlElement } from "#lib/xml/tree.ts";
import { oneOf } from "./datatypes.ts";
import { nearest } from "./did-you-mean.ts";
import type { CompiledGrammar } from "./grammar.ts";
import { listedNames, type Name } from "./name-class.ts";
import type { ElementDeclaration, Pattern } from "./pattern.ts";

/** Longer lists than this are no help in a message. */
const maxListed = 12;

/** What is wrong, in the words that the author of the document reads. */
export interface Messages {
  unknownAttribute(attribute: XmlAttribute, element: XmlElement, declaration: ElementDeclaration): string;
  unknownElement(child: XmlElement, parent: XmlElement, declaration: ElementDeclaration): string;
  outOfPlace(child: XmlElement, parent: XmlElement, wanted: readonly Pattern[]): string;
  wrongRoot(root: XmlElement): string;
  conflict(attribute: XmlAttribute, rivals: readonly XmlAttribute[], element: XmlElement): string;
  missingAttribute(element: XmlElement, alternatives: readonly Pattern[]): string;
  missingElement(element: XmlElement, alternatives: readonly Pattern[]): string;
}

export function messages(grammar: CompiledGrammar): Messages {
  const names = (leaves: readonly { leaf: Pattern }[]) => leaves.flatMap(({ leaf }) => leafNames(leaf));

  return {
    unknownAttribute(attribute, element, declaration) {
      const allowed = names(grammar.contentOf(declaration).attributeLeaves);
      const owners = grammar.ownersOfAttribute(attribute);
      const head = `The attribute "${attribute.name}" is not allowed in <${element.name}>.`;
      return `${head}${hint(attribute.name, allowed, owners, '"', "It belongs to")}`;
    },
    unknownElement(child, parent, declaration) {
      const model = grammar.contentOf(declaration);
      const allowed = names(model.elementLeaves);
      const owners = grammar.ownersOfElement(child);
      const known = grammar.onlyDeclaration(child) !== null || owners.length > 0;
      if (allowed.length === 0 && !known) {
        return `<${child.name}> is not allowed in <${parent.name}>, which holds ${model.text === null ? "nothing" : "only text"}.`;
      }
      const head = known
        ? `<${child.name}> is not allowed in <${parent.name}>.`
        : `There is no element <${child.name}>.`;
      return `${head}${hint(child.name, allowed, owners, "<", "It belongs in")}`;
    },
    outOfPlace(child, parent, wanted) {
      const first = wanted.flatMap(leafNames).map((name) => `<${name}>`);
      if (first.length > 0)
        return `<${child.name}> is not allowed here in <${parent.name}>: ${oneOf(first, "")} must come first.`;
      return `<${child.name}> is not allowed in <${parent.name}> beside what stands there already.`;
    },
    wrongRoot(root) {
      const wanted = [...grammar.derive.leaves(grammar.start)].flatMap(leafNames).map((name) => `<${name}>`);
      return `The root element must be ${oneOf(wanted, "")}, not <${root.name}>.`;
    },
    conflict(attribute, rivals, element) {
      const others = rivals.map((rival) => rival.name);
      const beside = others.length === 0 ? "what stands there already" : oneOf(others);
      return `<${element.name}> cannot have "${attribute.name}" beside ${beside}.`;
    },
    missingAttribute(element, alternatives) {
      const wanted = alternatives.flatMap(leafNames);
      if (wanted.length === 1) return `<${element.name}> needs the attribute "${wanted[0]}".`;
      return `<${element.name}> needs one of the attributes ${oneOf(wanted)}.`;
    },
    missingElement(element, alternatives) {
      const wanted = alternatives.flatMap(leafNames).map((name) => `<${name}>`);
      if (wanted.length === 0) return `<${element.name}> needs more content.`;
      return `<${element.name}> needs ${wanted.length > 1 ? "one of " : ""}${oneOf(wanted, "")} inside.`;
    },
  };
}

/** What the author may have meant instead, as sentences that follow another one; "" where nothing is known. */
function hint(name: string, allowed: readonly string[], owners: readonly string[], quote: '"' | "<", belongs: string) {
  const show = (one: string) => (quote === "<" ? `<${one}>` : `"${one}"`);
  const near = nearest(name, allowed);
  if (near !== null) return ` Did you mean ${show(near)}?`;
  if (owners.length > 0 && owners.length <= 4)
    return ` ${belongs} ${oneOf(
      owners.map((owner) => `<${owner}>`),
      "",
    )}.`;
  if (allowed.length === 0) return "";
  if (allowed.length <= maxListed) return ` Allowed here: ${allowed.map(show).join(", ")}.`;
  return "";
}

function leafNames(leaf: Pattern): string[] {
  if (leaf.kind !== "element" && leaf.kind !== "attribute") return [];
  return (listedNames(leaf.declaration.nameClass) ?? []).map((name: Name) => name.local);
}

/** The values that a pattern of data spells out, and what it takes, as the end of "must be …". */
export function valueExpectation(pattern: Pattern, leaves: ReadonlySet<Pattern>): { values: string[]; text: string } {
  const data = [...leaves].filter((leaf) => leaf.kind === "data").map((leaf) => leaf.datatype);
  const values = [...new Set(data.flatMap((datatype) => datatype.values))];
  const single = data.filter((datatype) => datatype.key.startsWith("value "));
  const other = data.filter((datatype) => !datatype.key.startsWith("value ")).map((datatype) => datatype.description);
  const listed = oneOf(single.flatMap((datatype) => datatype.values));
  const text = [...(listed === "" ? [] : [listed]), ...new Set(other)].join(", or ");
  return { values, text: text === "" ? (pattern.kind === "empty" ? "empty" : "something else") : text };
}

/** Says that a value does not fit, what would, and what may have been meant. */
export function wrongValue(
  value: string,
  owner: string,
  expected: { values: readonly string[]; text: string },
): string {
  const shown = value.length > 60 ? `${value.slice(0, 57)}…` : value;
  const near = nearest(value.trim(), expected.values);
  const question = near === null ? "" : ` Did you mean "${near}"?`;
  if (value === "") return `${owner} must not be empty: it must be ${expected.text}.`;
  return `"${shown}" is not allowed for ${owner}: it must be ${expected.text}.${question}`;
}
