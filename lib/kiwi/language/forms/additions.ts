import type { Schema } from "#lib/kiwi/schema.ts";
import type { ElementDeclaration } from "#lib/relaxng/pattern.ts";
import type { NewElement } from "#lib/xml/edit/write.ts";
import type { XmlAttribute, XmlElement } from "#lib/xml/tree.ts";
import { type Candidate, declarationOf, possibleAttributes, possibleElements } from "../context.ts";
import { newElement, newValue } from "../fixes/new-content.ts";
import { type Objections, objectionsIn } from "../objections.ts";
import { documentationOf } from "../own-documentation.ts";
import type { Reading } from "../reading.ts";
import { attributeValues } from "../values.ts";
import { childrenIn } from "./element-place.ts";
import { type FieldFacts, factsOf, textFacts } from "./elements.ts";

/** A value that has to be given for something new. */
export interface Blank extends FieldFacts {
  /** What it is of: "name", or "source path" where it is of an element inside. */
  label: string;
  /** Name of the attribute; null = the text of the element. */
  name: string | null;
  /** What it is where nobody says otherwise; "" where nothing can be assumed. */
  suggested: string;
  /** It may stay empty: then it is not written. */
  optional: boolean;
}

/** Attributes that the schema does not ask for, but that a new element mostly has, or that rules ask for. */
const usual: Readonly<Record<string, readonly string[]>> = {
  type: ["filesystem"],
  repository: ["alias"],
  user: ["groups", "home"],
  preferences: ["profiles"],
};

/** Something that can be added to an element. */
export interface FormChoice {
  kind: "attribute" | "element";
  name: string;
  documentation: string;
  blanks: Blank[];
  /** What speaks against it as things stand; absent = nothing. */
  objection?: string;
}

/** What can be added to an element; what the rules allow for other image types only is left out. */
export function choicesFor(schema: Schema, element: XmlElement, reading: Reading): FormChoice[] {
  const [composition] = reading.contexts;
  const declaration = declarationOf(schema.grammar, element);
  if (declaration === null) return [];
  const objections = objectionsIn(schema, element, composition);
  const attributes = possibleAttributes(schema.grammar, declaration, element.attributes);
  return [
    ...attributes.flatMap((one) => attributeChoice(schema, element, one, objections, reading)),
    ...elementCandidates(schema, declaration, childrenIn(composition, element)).flatMap((one) =>
      elementChoice(schema, one, objections),
    ),
  ];
}

function attributeChoice(
  schema: Schema,
  element: XmlElement,
  { name, leaf }: Candidate,
  objections: Objections,
  reading: Reading,
): FormChoice[] {
  if (leaf.kind !== "attribute") return [];
  const { onlyFor, objection } = objections.toAttribute(name, leaf);
  if (onlyFor !== undefined) return [];
  const facts = factsOf(schema, leaf, element.name, name);
  const values = attributeValues(schema, element, { ...unwritten, name, local: name }, reading);
  const suggested = assumed(newValue(schema.grammar, element.name, leaf.declaration), facts);
  const blank = { ...facts, values, label: name, name, suggested, optional: false };
  return [{ kind: "attribute", name, documentation: facts.documentation, blanks: [blank], ...because(objection) }];
}

const unwritten: XmlAttribute = {
  name: "",
  local: "",
  namespace: "",
  start: 0,
  nameEnd: 0,
  valueStart: 0,
  valueEnd: 0,
  end: 0,
  value: "",
  complete: true,
};

function elementChoice(schema: Schema, { name, leaf }: Candidate, objections: Objections): FormChoice[] {
  if (leaf.kind !== "element") return [];
  const { onlyFor, objection } = objections.toChild(name, leaf);
  if (onlyFor !== undefined) return [];
  const { declaration } = leaf;
  const blanks = blanksOf(schema, declaration);
  const documentation = documentationOf(declaration, name)?.replace(/\s+/g, " ").trim() ?? "";
  return [{ kind: "element", name, documentation, blanks, ...because(objection) }];
}

const because = (objection: string | undefined) => (objection === undefined ? {} : { objection });

/** The elements that may be added somewhere among those that are there, each once. */
function elementCandidates({ grammar }: Schema, declaration: ElementDeclaration, siblings: readonly XmlElement[]) {
  const found = new Map<string, Candidate>();
  for (let at = siblings.length; at >= 0; at--) {
    const candidates = possibleElements(grammar, declaration, siblings.slice(0, at), siblings.slice(at));
    for (const one of candidates) if (!found.has(one.name)) found.set(one.name, one);
  }
  return [...found.values()];
}

/** What is only there to fit the form of a value is not assumed. */
const assumed = (value: string, { values }: Pick<FieldFacts, "values">) => (values.includes(value) ? value : "");

/** The values in a new element, in the order in which `filled` takes them. */
function blanksOf(schema: Schema, declaration: ElementDeclaration): Blank[] {
  const blanks: Blank[] = [];
  withValues(schema, declaration, newElement(schema.grammar, declaration), "", (blank, value) => {
    blanks.push({ ...blank, suggested: assumed(value, blank) });
    return value;
  });
  return blanks;
}

/** A new element with these values in its blanks. */
export function filled(schema: Schema, declaration: ElementDeclaration, values: readonly string[]): NewElement {
  let next = 0;
  return withValues(schema, declaration, newElement(schema.grammar, declaration), "", (_, value) => {
    return values[next++] ?? value;
  });
}

/** The element with each of its values, and those of what is inside, replaced by another one. */
function withValues(
  schema: Schema,
  declaration: ElementDeclaration,
  element: NewElement,
  prefix: string,
  valueFor: (blank: Omit<Blank, "suggested">, value: string) => string,
): NewElement {
  const { name, children = [], text } = element;
  const model = schema.grammar.contentOf(declaration);
  const valueOf = (key: string, value: string, optional: boolean) => {
    const leaf = model.attributes({ namespace: "", local: key })[0]?.leaf;
    if (leaf?.kind !== "attribute") return value;
    return valueFor({ ...factsOf(schema, leaf, name, key), label: `${prefix}${key}`, name: key, optional }, value);
  };
  const attributes = (element.attributes ?? []).map(([key, value]) => [key, valueOf(key, value, false)] as const);
  const facts = text === undefined ? null : textFacts(schema, declaration, name);
  const label = prefix === "" ? name : prefix.trim();
  const data =
    facts === null || text === undefined
      ? {}
      : { text: valueFor({ ...facts, label, name: null, optional: false }, text) };
  const inner = children.map((child) => {
    const leaf = model.elements({ namespace: "", local: child.name })[0]?.leaf;
    if (leaf?.kind !== "element") return child;
    return withValues(schema, leaf.declaration, child, `${prefix}${child.name} `, valueFor);
  });
  const more = (prefix === "" ? (usual[name] ?? []) : []).map((key) => [key, valueOf(key, "", true)] as const);
  const given = more.filter(([, value]) => value !== "");
  return { name, attributes: [...attributes, ...given], ...data, ...(inner.length > 0 && { children: inner }) };
}
