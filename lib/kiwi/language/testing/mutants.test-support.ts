import type { Schema } from "#lib/kiwi/schema.ts";
import { listedNames } from "#lib/relaxng/name-class.ts";
import { parseXml } from "#lib/xml/parse.ts";
import { elementsOf, type XmlElement } from "#lib/xml/tree.ts";

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}

/** Names and values to put where they may or may not belong. */
export interface Vocabulary {
  elements: string[];
  attributes: string[];
  values: string[];
  /** The attributes that elements may have, with values that fit. */
  fitting: Map<string, { name: string; values: readonly string[] }[]>;
}

const oddValues = [
  "",
  " ",
  "true",
  " true ",
  "1",
  "-1",
  "+1",
  "007",
  "1.5",
  "10M",
  "all",
  " all",
  "x y",
  "a\tb",
  "a\nb",
  "ä",
  "oem",
  "dnf",
  "7.4",
  "8.5",
  "a,b",
  "https://x/%zz",
  "a:b",
  "<",
  "&",
  "&amp;",
  "&#10;",
  "2048",
  "100 ",
];
const oldAttributes = [
  "vga",
  "console",
  "use_for_bootstrap",
  "additionaltags",
  "btrfs_root_is_snapshot",
  "xmlns:a",
  "a:b",
  "xml:lang",
];
const oddText = [
  "x",
  " ",
  "<!-- c -->",
  "<?pi x?>",
  "<![CDATA[y]]>",
  "]]>",
  "&lt;",
  "&nope;",
  "<x/>",
  "<a:b/>",
  "&#0;",
  "<",
  "</x>",
  "dnf",
  "<!--a--b-->",
];

export function vocabulary({ grammar }: Schema): Vocabulary {
  const words: Vocabulary = {
    elements: [],
    attributes: [...oldAttributes],
    values: [...oddValues],
    fitting: new Map(),
  };
  for (const declaration of grammar.elements) {
    const names = (listedNames(declaration.nameClass) ?? []).map(({ local }) => local);
    const fitting: { name: string; values: readonly string[] }[] = [];
    words.elements.push(...names);
    for (const name of names) words.fitting.set(name, fitting);
    for (const { leaf } of grammar.contentOf(declaration).attributeLeaves) {
      if (leaf.kind !== "attribute") continue;
      const data = [...grammar.derive.leaves(leaf.declaration.value)].filter((one) => one.kind === "data");
      const values = data.flatMap(({ datatype }) => datatype.values);
      words.values.push(...values);
      for (const { local } of listedNames(leaf.declaration.nameClass) ?? []) {
        words.attributes.push(local);
        fitting.push({ name: local, values: values.length > 0 ? values : ["1", "text"] });
      }
    }
  }
  return words;
}

/** A text with one to three changes of the kinds that people make, and some that they do not. */
export function mutate(text: string, words: Vocabulary, random: (below: number) => number): string {
  let mutant = text;
  for (let changes = 1 + Math.floor(random(6) / 3); changes > 0; changes--) mutant = mutateOnce(mutant, words, random);
  return mutant;
}

function mutateOnce(text: string, words: Vocabulary, random: (below: number) => number): string {
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const splice = (start: number, end: number, by: string) => text.slice(0, start) + by + text.slice(end);
  const elements = [...elementsOf(parseXml(text).children)];
  if (elements.length === 0) return text;
  const element = pick(elements);
  const attribute = element.attributes.length > 0 ? pick(element.attributes) : undefined;
  const written = text.slice(element.start, element.end);

  switch (random(20)) {
    case 0:
      return attribute === undefined ? text : splice(attribute.start - 1, attribute.end, "");
    case 1:
      return attribute === undefined ? text : splice(attribute.start, attribute.nameEnd, pick(words.attributes));
    case 2:
    case 3:
      return attribute === undefined ? text : splice(attribute.valueStart, attribute.valueEnd, pick(words.values));
    case 4:
    case 5:
      return splice(element.nameEnd, element.nameEnd, ` ${pick(words.attributes)}="${pick(words.values)}"`);
    case 6:
      return renamed(text, element, pick(words.elements));
    case 7:
      return splice(element.start, element.end, "");
    case 8:
      return splice(element.end, element.end, written);
    case 9: {
      const other = pick(elements);
      return splice(other.openEnd, other.openEnd, written);
    }
    case 10:
      return splice(element.openEnd, element.openEnd, `<${pick(words.elements)}/>`);
    case 11:
      return splice(element.openEnd, element.openEnd, pick(oddText));
    case 12:
      return splice(element.openEnd, element.closeStart, pick(words.values));
    case 13: {
      const name = pick(words.elements);
      const inner = `<${name} ${pick(words.attributes)}="${pick(words.values)}">${pick(words.values)}</${name}>`;
      return splice(element.openEnd, element.openEnd, inner);
    }
    case 14:
      return text.replace(
        /schemaversion="[^"]*"/,
        `schemaversion="${pick(["7.3", "7.4", "7.5", "7.6", "8.0", "8.2", "8.3", "8.4", "8.5", "8.50", " 8.5 ", "9.0", "x", ""])}"`,
      );
    case 15:
    case 16:
    case 17:
    case 18: {
      // What the schema takes and Schematron may not: mostly attributes of build types.
      const types = elements.filter(({ name }) => name === "type" || name === "bootloader" || name === "systemdisk");
      const owner = types.length > 0 && random(4) > 0 ? pick(types) : element;
      const fitting = words.fitting.get(owner.name) ?? [];
      if (fitting.length === 0) return text;
      const { name, values } = pick(fitting);
      const old = owner.attributes.find((one) => one.name === name);
      if (old !== undefined) return splice(old.valueStart, old.valueEnd, pick(values));
      return splice(owner.nameEnd, owner.nameEnd, ` ${name}="${pick(values)}"`);
    }
    default: {
      const at = random(text.length);
      return splice(at, at + random(3), pick(["", "", "<", ">", '"', "&", "a", " ", "/", "=", "\n"]));
    }
  }
}

function renamed(text: string, element: XmlElement, name: string): string {
  const head = text.slice(0, element.nameStart) + name;
  const inner = text.slice(element.nameEnd, element.closeStart);
  const tail = text.slice(element.end);
  return element.closeStart < element.end ? `${head}${inner}</${name}>${tail}` : `${head}${inner}${tail}`;
}
