import type { vocabulary } from "#lib/kiwi/language/testing/mutants.test-support.ts";
import { parseXml } from "#lib/xml/parse.ts";
import { elementsOf, type XmlElement } from "#lib/xml/tree.ts";
import { applyEdits, type Edit, overlap, shifted, startOf } from "./edits.ts";
import type { Random } from "./random.ts";

type Vocabulary = ReturnType<typeof vocabulary>;

/** A part of a changed text in which a problem may start that tells of the change; both ends belong to it. */
export interface Place {
  from: number;
  to: number;
}

/** A mistake that was put into a description. */
export interface Fault {
  kind: string;
  /** The places at which it may rightly be reported: a renamed element is one too many and one too few. */
  places: Place[];
}

export interface Mutant {
  text: string;
  faults: Fault[];
}

/** A mistake before it is made: its edits, and its places in the old text (`kept`) and in the edits' new text. */
interface Change {
  kind: string;
  edits: Edit[];
  kept?: number[];
  /** By the index of the edit: offsets in its text. */
  made?: [edit: number, from: number, to: number][];
  /** The elements that the change is about; changes of a mutant are about elements that do not hold one another. */
  about: readonly XmlElement[];
}

interface Ground {
  text: string;
  elements: readonly XmlElement[];
  words: Vocabulary;
  random: Random;
}

/** Puts a number of mistakes, each in a part of its own, into a well-formed description; fewer where there is no room. */
export function mutate(
  text: string,
  words: Vocabulary,
  random: Random,
  faults: number,
  among: readonly Kind[] = kinds,
): Mutant {
  const elements = [...elementsOf(parseXml(text).children)];
  const ground = { text, elements, words, random };
  const changes: Change[] = [];
  for (let attempt = 0; attempt < 20 && changes.length < faults; attempt++) {
    const change = random.pick(among)(ground, random.pick(elements));
    if (change === null) continue;
    const related = changes.some(({ about }) =>
      about.some((one) => change.about.some((other) => areRelated(one, other))),
    );
    if (!related && !overlap([...changes, change].flatMap(({ edits }) => edits))) changes.push(change);
  }
  const edits = changes.flatMap((change) => change.edits);
  return {
    text: applyEdits(text, edits),
    faults: changes.map((change) => ({
      kind: change.kind,
      places: [
        ...(change.made ?? []).map(([edit, from, to]) => {
          const start = startOf(change.edits[edit] as Edit, edits);
          return { from: start + from, to: start + to };
        }),
        ...(change.kept ?? []).map((offset) => ({ from: shifted(offset, edits), to: shifted(offset, edits) })),
      ],
    })),
  };
}

function areRelated(a: XmlElement, b: XmlElement): boolean {
  return (a.start <= b.start && b.end <= a.end) || (b.start <= a.start && a.end <= b.end);
}

export type Kind = (ground: Ground, element: XmlElement) => Change | null;

const insert = (at: number, text: string): Edit => ({ start: at, end: at, text });
const replace = (start: number, end: number, text: string): Edit => ({ start, end, text });

/** The kinds of mistakes; those that people make most stand more than once. */
const kinds: readonly Kind[] = [
  function dropElement(_, element) {
    const { parent, start, end } = element;
    if (parent === null) return null;
    return { kind: "drop element", edits: [replace(start, end, "")], kept: [parent.nameStart], about: [parent] };
  },
  renameElement,
  renameElement,
  function duplicateElement({ text }, element) {
    const { parent, start, end } = element;
    if (parent === null) return null;
    const copy = text.slice(start, end);
    return { kind: "duplicate element", edits: [insert(end, copy)], made: [[0, 1, 1]], about: [parent] };
  },
  misplaceElement,
  misplaceElement,
  function addElement({ words, random }, element) {
    if (element.form !== "closed") return null;
    const edits = [insert(element.openEnd, `<${random.pick(words.elements)}/>`)];
    return { kind: "add element", edits, made: [[0, 1, 1]], about: [element] };
  },
  function swapElements({ text, elements, random }, element) {
    const other = random.pick(elements);
    if (areRelated(element, other)) return null;
    const edits = [
      replace(element.start, element.end, text.slice(other.start, other.end)),
      replace(other.start, other.end, text.slice(element.start, element.end)),
    ];
    const parents = [element.parent, other.parent].flatMap((parent) => parent ?? []);
    if (parents.length < 2) return null;
    return {
      kind: "swap elements",
      edits,
      made: [
        [0, 1, 1],
        [1, 1, 1],
      ],
      kept: parents.map(({ nameStart }) => nameStart),
      about: parents,
    };
  },
  function emptyElement(_, element) {
    const { parent, openEnd, closeStart, nameStart } = element;
    if (parent === null || openEnd === closeStart) return null;
    return { kind: "empty element", edits: [replace(openEnd, closeStart, "")], kept: [nameStart], about: [element] };
  },
  function unwrapElement({ text }, element) {
    const { parent, start, openEnd, closeStart, end, children, form } = element;
    if (parent === null || form !== "closed") return null;
    const inner = children.flatMap((child) => {
      if (child.kind === "element") return [child.nameStart];
      const blanks = /^\s*/.exec(text.slice(child.start, child.end))?.[0].length ?? 0;
      return (child.kind === "text" || child.kind === "cdata") && child.start + blanks < child.end
        ? [child.start + blanks]
        : [];
    });
    const edits = [replace(start, openEnd, ""), replace(closeStart, end, "")];
    return { kind: "unwrap element", edits, kept: [...inner, parent.nameStart], about: [parent] };
  },
  function dropAttribute({ random }, element) {
    if (element.attributes.length === 0) return null;
    const { start, end } = random.pick(element.attributes);
    return {
      kind: "drop attribute",
      edits: [replace(start - 1, end, "")],
      kept: [element.nameStart],
      about: [element],
    };
  },
  renameAttribute,
  renameAttribute,
  function addAttribute({ words, random }, element) {
    const name = random.pick(words.attributes);
    if (name.includes(":") || element.attributes.some((one) => one.name === name)) return null;
    const edits = [insert(element.nameEnd, ` ${name}="${random.pick(words.values)}"`)];
    return { kind: "add attribute", edits, made: [[0, 1, edits[0]?.text.length ?? 1]], about: [element] };
  },
  fittingAttribute,
  fittingAttribute,
  fittingAttribute,
  badValue,
  badValue,
  function badText({ words, random }, element) {
    const { openEnd, closeStart, children, nameStart } = element;
    if (element.form !== "closed" || children.some(({ kind }) => kind === "element")) return null;
    const value = random.pick(words.values);
    if (/[<&]/.test(value)) return null;
    const edits = [replace(openEnd, closeStart, value)];
    return { kind: "bad text", edits, made: [[0, 0, value.length]], kept: [nameStart], about: [element] };
  },
  function strayText({ random }, element) {
    const { openEnd, closeStart, form, children, nameStart } = element;
    if (form !== "closed") return null;
    const text = random.pick(["text", "x y", "&lt;", "1", "<![CDATA[z]]>"]);
    const edits = [insert(openEnd, text)];
    const onlyText = children.every(({ kind }) => kind !== "element");
    const made: Change["made"] = [[0, 0, text.length + (onlyText ? closeStart - openEnd : 0)]];
    return { kind: "stray text", edits, made, kept: [nameStart], about: [element] };
  },
];

function renameElement({ words, random }: Ground, element: XmlElement): Change | null {
  const { parent, nameStart, nameEnd, openEnd, closeStart, end, form, name } = element;
  if (parent === null || form === "unclosed" || form === "broken") return null;
  const other = random.once(2) ? misspelt(name, random) : random.pick(words.elements);
  const edits = [replace(nameStart, nameEnd, other)];
  // Under a name that may stand here as well, its attributes are what is wrong.
  const tag = other.length + openEnd - nameEnd;
  if (form === "closed") edits.push(replace(closeStart, end, `</${other}>`));
  return { kind: "rename element", edits, made: [[0, 0, tag]], kept: [parent.nameStart], about: [parent] };
}

function misplaceElement({ text, elements, random }: Ground, element: XmlElement): Change | null {
  const { parent, start, end } = element;
  const target = random.pick(elements);
  if (parent === null || target.form !== "closed" || areRelated(element, target)) return null;
  const edits = [replace(start, end, ""), insert(target.openEnd, text.slice(start, end))];
  return {
    kind: "misplace element",
    edits,
    made: [[1, 1, 1]],
    kept: [parent.nameStart],
    about: [parent, target],
  };
}

function renameAttribute({ words, random }: Ground, element: XmlElement): Change | null {
  if (element.attributes.length === 0) return null;
  const { start, nameEnd, name } = random.pick(element.attributes);
  const other = random.once(2) ? misspelt(name, random) : random.pick(words.attributes);
  if (other.includes(":") || element.attributes.some((one) => one.name === other)) return null;
  const edits = [replace(start, nameEnd, other)];
  // Under its new name the value may be wrong as well.
  return {
    kind: "rename attribute",
    edits,
    made: [[0, 0, other.length + 4]],
    kept: [element.nameStart],
    about: [element],
  };
}

/** What RELAX NG takes and Schematron may not: mostly attributes of build types. */
export function fittingAttribute({ elements, words, random }: Ground, element: XmlElement): Change | null {
  const types = elements.filter(({ name }) => name === "type" || name === "bootloader" || name === "systemdisk");
  const owner = types.length > 0 && !random.once(4) ? random.pick(types) : element;
  const fitting = words.fitting.get(owner.name) ?? [];
  if (fitting.length === 0) return null;
  const { name, values } = random.pick(fitting);
  const value = random.pick(values);
  const old = owner.attributes.find((one) => one.name === name);
  const edit =
    old === undefined ? insert(owner.nameEnd, ` ${name}="${value}"`) : replace(old.valueStart, old.valueEnd, value);
  return { kind: "fitting attribute", edits: [edit], made: [[0, 0, edit.text.length]], about: [owner] };
}

function badValue({ words, random }: Ground, element: XmlElement): Change | null {
  if (element.attributes.length === 0) return null;
  const { valueStart, valueEnd } = random.pick(element.attributes);
  const value = random.pick(words.values);
  if (/[<&"]/.test(value)) return null;
  // An empty value is marked with its quotes.
  return {
    kind: "bad value",
    edits: [replace(valueStart, valueEnd, value)],
    made: [[0, -1, value.length]],
    about: [element],
  };
}

/** A name with one of the slips of fingers. */
function misspelt(name: string, random: Random): string {
  const at = 1 + random.below(Math.max(1, name.length - 1));
  switch (random.below(4)) {
    case 0:
      return name.slice(0, at) + name.slice(at + 1);
    case 1:
      return name.slice(0, at) + random.pick([..."aeinrst"]) + name.slice(at);
    case 2:
      return name.slice(0, at) + random.pick([..."aeinrst"]) + name.slice(at + 1);
    default:
      return name.slice(0, at - 1) + (name[at] ?? "") + (name[at - 1] ?? "") + name.slice(at + 1);
  }
}
