import type { Schema } from "#lib/kiwi/schema.ts";
import { valueExpectation } from "#lib/relaxng/messages.ts";
import { plainView } from "#lib/relaxng/view.ts";
import { parseXml } from "#lib/xml/parse.ts";
import { attributeOf, elementsOf, type XmlElement } from "#lib/xml/tree.ts";
import { type Candidate, declarationOf, possibleAttributes } from "./context.ts";

/** More values than this of one attribute are not tried. */
const maxValues = 3;

type Examiner = (path: readonly string[], attribute: string | undefined) => readonly string[] | null;

const examiners = new WeakMap<Schema, Examiner>();

/**
 * The image types to which something inside `<type>` applies, null where the rules set no limit: an element, or with
 * `attribute` one of its attributes. `path` leads from `<type>` to the element.
 *
 * The rules themselves are asked: what they say of a small description with it that they do not say without it, for
 * each type in turn. What they say whatever the type is, is another matter.
 */
export function imageTypesFor(schema: Schema, path: readonly string[], attribute?: string): readonly string[] | null {
  const examine = examiners.get(schema) ?? examiner(schema);
  examiners.set(schema, examine);
  return examine(path, attribute);
}

/** The path from the `<type>` that an element stands in, itself included; null where it stands in none. */
export function pathInType(element: XmlElement): string[] | null {
  const path: string[] = [];
  for (let at: XmlElement | null = element; at !== null; at = at.parent) {
    path.unshift(at.name);
    if (at.name === "type" && at.parent?.name === "preferences") return path;
  }
  return null;
}

/**
 * The image types that a child or an attribute of an element is meant for, where the element stands in a `<type>` of
 * another image type; undefined where nothing keeps it from standing there.
 */
export function otherImageTypes(
  schema: Schema,
  owner: XmlElement,
  { child, attribute }: { child?: string; attribute?: string },
): readonly string[] | undefined {
  const path = pathInType(owner);
  const image = path === null ? undefined : attributeOf(ancestor(owner, path.length - 1), "image")?.value;
  if (path === null || !image) return undefined;
  const types = imageTypesFor(schema, child === undefined ? path : [...path, child], attribute);
  return types === null || types.includes(image) ? undefined : types;
}

function ancestor(element: XmlElement, steps: number): XmlElement {
  let at = element;
  for (let step = 0; step < steps && at.parent !== null; step++) at = at.parent;
  return at;
}

function examiner(schema: Schema): Examiner {
  const attributesOf = remembered((path: readonly string[]) => attributesAt(schema, path));
  const image = attributesOf(["type"]).find((one) => one.name === "image");
  const types = image === undefined ? [] : valuesOf(schema, image);
  /** What is wrong with each type already without what is examined. */
  const before = remembered((path: readonly string[]) => types.map((type) => brokenRules(schema, type, path, "")));

  /** What is tried: each value of the attribute, or the element with the attributes that it needs. */
  function samplesOf(path: readonly string[], attribute: string | undefined): string[] {
    const write = ({ name }: Candidate, value = "1") => ` ${name}="${value}"`;
    const candidates = attributesOf(path);
    if (attribute === undefined) {
      const needed = candidates.filter((one) => one.required);
      return [needed.map((one) => write(one, valuesOf(schema, one)[0])).join("")];
    }
    const candidate = candidates.find((one) => one.name === attribute);
    if (candidate === undefined) return [];
    const values = valuesOf(schema, candidate).slice(0, maxValues);
    return values.length === 0 ? [write(candidate)] : values.map((value) => write(candidate, value));
  }

  const examine = remembered(([attribute = "", ...path]: readonly string[]): readonly string[] | null => {
    const samples = samplesOf(path, attribute === "" ? undefined : attribute);
    if (samples.length === 0) return null;
    const known = before(attribute === "" ? path.slice(0, -1) : path);
    const complaints = samples.map((attributes) =>
      types.map((type, i) => brokenRules(schema, type, path, attributes).filter((code) => !known[i]?.includes(code))),
    );
    // A type counts if any of the values is taken for it.
    const fitting = types.filter((_, i) =>
      complaints.some((byType) => byType[i]?.every((code) => byType.every((others) => others.includes(code)))),
    );
    return fitting.length === types.length ? null : fitting;
  });
  return (path, attribute = "") =>
    path.length === 1 && (attribute === "" || attribute === "image") ? null : examine([attribute, ...path]);
}

/** A function of a few names that works each answer out once. */
function remembered<T>(work: (names: readonly string[]) => T): (names: readonly string[]) => T {
  const known = new Map<string, T>();
  return (names) => {
    const key = names.join(" ");
    const answer = known.has(key) ? (known.get(key) as T) : work(names);
    known.set(key, answer);
    return answer;
  };
}

/** The attributes that an element at the end of a path from `<type>` may have. */
function attributesAt({ grammar }: Schema, path: readonly string[]): Candidate[] {
  const { root } = parseXml(sample("", path, ""));
  const element = root === null ? undefined : [...elementsOf([root])].at(-1);
  const declaration = element === undefined ? null : declarationOf(grammar, element);
  return declaration === null ? [] : possibleAttributes(grammar, declaration, []);
}

/** The rules that a description breaks that has nothing but this inside its `<type>`. */
function brokenRules(schema: Schema, type: string, path: readonly string[], attributes: string): string[] {
  const { children } = parseXml(sample(type, path, attributes));
  const elements = [...elementsOf(children)];
  return elements.flatMap((element) => schema.brokenRules(element, plainView).map(({ code }) => code));
}

/** A description with the elements of the path inside each other, and attributes on the last one. */
function sample(type: string, path: readonly string[], attributes: string): string {
  const last = path.length - 1;
  const open = path.map((name, i) => `<${name}${i === 0 ? ` image="${type}"` : ""}${i === last ? attributes : ""}>`);
  const close = path.toReversed().map((name) => `</${name}>`);
  return `<image><preferences>${open.join("")}${close.join("")}</preferences></image>`;
}

function valuesOf({ grammar }: Schema, { leaf }: Candidate): string[] {
  if (leaf.kind !== "attribute") return [];
  const { value } = leaf.declaration;
  return valueExpectation(value, grammar.derive.leaves(value)).values;
}
