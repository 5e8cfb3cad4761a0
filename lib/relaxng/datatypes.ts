import { isNcName, isUri } from "#lib/xml/characters.ts";
import { compileXsdRegex, spelledValues } from "./xsd-regex.ts";

/** A set of strings that a schema allows, with what people may be told of it. */
export interface Datatype {
  /** Tells apart datatypes that differ; equal keys mean equal datatypes. */
  readonly key: string;
  accepts(text: string): boolean;
  /** What fits, as the end of the sentence "must be …". */
  readonly description: string;
  /** Values to choose from, and whether they are all that people would write. */
  readonly values: readonly string[];
  readonly complete: boolean;
}

/** A facet: `<param name="pattern">…</param>`. */
export interface Facet {
  name: string;
  value: string;
}

export function collapse(text: string): string {
  if (!/[ \t\r\n]/.test(text)) return text;
  return text.replace(/[ \t\r\n]+/g, " ").replace(/^ | $/g, "");
}

interface Base {
  accepts: (text: string) => boolean;
  description: string;
  values?: readonly string[];
}

const integer = /^[+-]?[0-9]+$/;

/** The types of XML Schema that we know; all others accept any text. */
const bases: Readonly<Record<string, Base>> = {
  string: { accepts: () => true, description: "any text" },
  token: { accepts: () => true, description: "any text" },
  normalizedString: { accepts: () => true, description: "any text" },
  boolean: {
    accepts: (text) => /^(?:true|false|1|0)$/.test(collapse(text)),
    description: '"true" or "false"',
    values: ["true", "false"],
  },
  integer: { accepts: (text) => integer.test(collapse(text)), description: "a whole number" },
  nonNegativeInteger: {
    accepts: (text) => integer.test(collapse(text)) && BigInt(unsigned(text)) >= 0n,
    description: "a whole number, 0 or more",
  },
  positiveInteger: {
    accepts: (text) => integer.test(collapse(text)) && BigInt(unsigned(text)) > 0n,
    description: "a whole number, 1 or more",
  },
  // XML Schema escapes what an address must not hold before it looks at it.
  anyURI: {
    accepts: (text) => isUri(collapse(text).replace(/[^!-~]|[<>"{}|\\^`]/g, "_")),
    description: "an address (URI)",
  },
  ID: {
    accepts: (text) => isNcName(collapse(text)) && /^[\p{L}_]/u.test(collapse(text)),
    description: "a name without blanks and colons",
  },
  NCName: { accepts: (text) => isNcName(collapse(text)), description: "a name without blanks and colons" },
  NMTOKEN: { accepts: (text) => /^[\p{L}\p{N}.\-_:]+$/u.test(collapse(text)), description: "a word" },
};

/** BigInt knows no plus sign. */
function unsigned(text: string): string {
  return collapse(text).replace(/^\+/, "");
}

/** The type that `<data type="…">` names, narrowed by its facets. */
export function dataType(name: string, facets: readonly Facet[]): Datatype {
  const base = bases[name] ?? { accepts: () => true, description: `a value of type ${name}` };
  const checks = facets.map(facetCheck);
  const pattern = facets.find((facet) => facet.name === "pattern");
  const minimum = facets.find((facet) => facet.name === "minInclusive");
  const spelled = pattern === undefined ? { values: [], complete: false } : spelledValues(pattern.value);
  let description = base.description;
  if (pattern !== undefined)
    description = spelled.complete ? oneOf(spelled.values) : `text that matches ${pattern.value}`;
  if (minimum !== undefined) description += `, ${minimum.value} or more`;
  return {
    key: `data ${name} ${JSON.stringify(facets)}`,
    // Facets see the value as its type does: only text types keep their blanks.
    accepts: (text) => base.accepts(text) && checks.every((check) => check(name === "string" ? text : collapse(text))),
    description,
    values: base.values ?? spelled.values,
    complete: base.values !== undefined || spelled.complete,
  };
}

/** The one value that `<value>` names; blanks around it do not count, except in type `string`. */
export function valueType(name: string, value: string): Datatype {
  const wanted = name === "string" ? value : collapse(value);
  return {
    key: `value ${name} ${wanted}`,
    accepts: (text) => (name === "string" ? text : collapse(text)) === wanted,
    description: `"${wanted}"`,
    values: [wanted],
    complete: true,
  };
}

function facetCheck({ name, value }: Facet): (text: string) => boolean {
  switch (name) {
    case "pattern": {
      const regex = compileXsdRegex(value);
      return (text) => regex === null || regex.test(text);
    }
    case "minInclusive":
      return (text) => BigInt(unsigned(text)) >= BigInt(value);
    case "maxInclusive":
      return (text) => BigInt(unsigned(text)) <= BigInt(value);
    case "minLength":
      return (text) => [...text].length >= Number(value);
    case "maxLength":
      return (text) => [...text].length <= Number(value);
    case "length":
      return (text) => [...text].length === Number(value);
    default:
      return () => true;
  }
}

/** `"a", "b" or "c"`: a list as the end of a sentence. */
export function oneOf(values: readonly string[], quote = '"'): string {
  const quoted = values.map((value) => `${quote}${value}${quote}`);
  if (quoted.length < 2) return quoted.join("");
  return `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
}
