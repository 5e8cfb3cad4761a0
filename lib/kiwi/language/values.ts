import { selectionsOf } from "#lib/kiwi/description/presence.ts";
import type { Schema } from "#lib/kiwi/schema.ts";
import { valueExpectation } from "#lib/relaxng/messages.ts";
import { attributeOf, elementsOf, type XmlAttribute, type XmlElement } from "#lib/xml/tree.ts";
import { declarationOf } from "./context.ts";
import { describedBy } from "./described.ts";
import type { Composition } from "./includes.ts";
import { knownNames } from "./known-names.ts";
import { documentationOf } from "./own-documentation.ts";
import { profileText } from "./presence-words.ts";
import type { Reading } from "./reading.ts";

/** What is known of the values of an attribute: what the profile is whose name it is, else what the attribute means. */
export function valueDocumentation(
  schema: Schema,
  element: XmlElement,
  attribute: XmlAttribute,
  { contexts: [composition] }: Reading,
): (value: string) => string | undefined {
  const declaration = declarationOf(schema.grammar, element);
  const leaf = declaration === null ? undefined : schema.grammar.contentOf(declaration).attributes(attribute)[0]?.leaf;
  const general =
    leaf?.kind === "attribute" ? documentationOf(leaf.declaration, element.name, attribute.local) : undefined;
  if (attribute.name !== "profiles" && !isRequiredProfile(element, attribute.name)) return () => general;
  const described = describedBy(composition, schema.version);
  const selections = described === null ? null : selectionsOf(described);
  return (value) => (selections === null ? null : profileText(selections, value))?.join("\n\n") ?? general;
}

export function takesText({ grammar }: Schema, element: XmlElement): boolean {
  const declaration = declarationOf(grammar, element);
  return declaration !== null && grammar.contentOf(declaration).text !== null;
}

/** The values that are known for the text of an element. */
export function textValues({ grammar }: Schema, element: XmlElement): string[] {
  const declaration = declarationOf(grammar, element);
  if (declaration === null) return [];
  const model = grammar.contentOf(declaration);
  const pattern = model.text === null ? undefined : model.parts[model.text.part];
  return pattern === undefined ? [] : valueExpectation(pattern, grammar.derive.leaves(pattern)).values;
}

/** The values that are known for an attribute: those of the schema, and the description's own names of packages, files and profiles. */
export function attributeValues(
  { grammar }: Schema,
  element: XmlElement,
  attribute: XmlAttribute,
  reading: Reading,
): string[] {
  const declaration = declarationOf(grammar, element);
  if (declaration === null) return [];
  const values = grammar
    .contentOf(declaration)
    .attributes(attribute)
    .flatMap(({ leaf }) => {
      if (leaf.kind !== "attribute") return [];
      const { value } = leaf.declaration;
      return valueExpectation(value, grammar.derive.leaves(value)).values;
    });
  const named =
    attribute.name === "profiles" || isRequiredProfile(element, attribute.name)
      ? profileNames(reading.contexts[0])
      : knownNames(reading, element, attribute.name);
  return [...new Set([...values, ...named])];
}

/** The entries of a list with commas besides the one in which the offset lies: none is of use twice. */
export function otherEntries({ name, value }: { name: string; value: string }, at: number): ReadonlySet<string> {
  if (!listed.has(name)) return new Set();
  const before = value.slice(0, Math.max(0, value.lastIndexOf(",", at - 1)));
  const comma = value.indexOf(",", at);
  return new Set([...before.split(","), ...(comma < 0 ? [] : value.slice(comma + 1).split(","))]);
}

/** What a value is written in the place of: of lists with commas only the entry in which the offset lies. */
export function valuePlace(
  { name, value }: { name: string; value: string },
  offset: number,
  start: number,
  end: number,
): { start: number; end: number } {
  // Where references make the value shorter than its text, the whole value is the safe answer.
  if (!listed.has(name) || value.length !== end - start) return { start, end };
  const at = offset - start;
  const comma = value.indexOf(",", at);
  return { start: start + value.lastIndexOf(",", at - 1) + 1, end: comma < 0 ? end : start + comma };
}

/** Attributes that hold lists with commas. */
const listed: ReadonlySet<string> = new Set(["arch", "profiles", "architectures", "groups"]);

/** `<requires profile="…">` names a profile as `profiles=` does. */
function isRequiredProfile(element: XmlElement, attribute: string): boolean {
  return element.name === "requires" && attribute === "profile";
}

/** The profiles that the description declares, in its order. */
function profileNames(composition: Composition): string[] {
  const documents = [composition.main, ...composition.fragments];
  return documents.flatMap(({ children }) =>
    [...elementsOf(children)].flatMap((element) => {
      const isDeclared = element.name === "profile" && element.parent?.name === "profiles";
      const name = isDeclared ? attributeOf(element, "name")?.value : undefined;
      return name === undefined ? [] : [name];
    }),
  );
}
