import { fileURLToPath } from "node:url";
import { removeAttributes, renameAttribute, setAttribute } from "#lib/xml/edit/attributes.ts";
import {
  insertChildren,
  moveElements,
  type Place,
  removeElement,
  renameElement,
  replaceText,
  unwrapElement,
  wrapElement,
} from "#lib/xml/edit/elements.ts";
import { applyEdits, type TextEdit } from "#lib/xml/edit/text-edit.ts";
import { parseXml } from "#lib/xml/parse.ts";
import { childElements, elementsOf, type XmlDocument, type XmlElement } from "#lib/xml/tree.ts";
import { startPython } from "./kiwi-judge.ts";
import type { Miss, Share } from "./places.ts";
import { type Random, seeded } from "./random.ts";
import { pruned, realDescriptions, rewritten } from "./sources.ts";

/** A change as lxml is told of it; elements by their places among all. */
interface Change {
  kind: string;
  element: number;
  other?: number;
  name?: string;
  value?: string;
}

interface Case {
  text: string;
  change: Change;
  edits: TextEdit[];
}

export interface StructureEdits {
  /** Changes after which lxml's canonical form of the text is that of the same change made by lxml. */
  same: Share;
  misses: Miss[];
}

/** Changes real descriptions, once for each number. */
export async function measureEdits(seed: number, numbers: readonly number[]): Promise<StructureEdits> {
  const texts = realDescriptions()
    .map(({ text }) => text)
    .filter((text) => parseXml(text).errors.length === 0);
  const found: StructureEdits = { same: { of: 0, good: 0 }, misses: [] };
  const lxml = startPython(fileURLToPath(new URL("lxml-edits.py", import.meta.url)));
  for (const number of numbers) {
    const { text, change, edits } = makeCase(texts, seeded(Math.imul(seed, 0x27d4eb2f) + number));
    const after = applyEdits(text, edits);
    lxml.write({ text: base64(text), after: base64(after), change });
    const answer = await lxml.next<string>();
    found.same.of++;
    if (answer === "same") found.same.good++;
    else found.misses.push({ what: change.kind, number, detail: { change, edits, answer } });
  }
  lxml.close();
  return found;
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

function makeCase(texts: readonly string[], random: Random): Case {
  for (;;) {
    const text = rewritten(pruned(random.pick(texts), random), random);
    const document = parseXml(text);
    const elements = [...elementsOf(document.children)];
    const element = random.below(elements.length);
    const made = random.pick(kinds)(document, elements, element, random);
    if (made !== null) return { text, change: { element, ...made.change }, edits: made.edits };
  }
}

type Kind = (
  document: XmlDocument,
  elements: readonly XmlElement[],
  place: number,
  random: Random,
) => { change: Omit<Change, "element">; edits: TextEdit[] } | null;

const values = ["1", "", "a \"b\" <c> & 'd'", "ä€", "x\ty"];

const kinds: readonly Kind[] = [
  function set(document, elements, place, random) {
    const element = elements[place] as XmlElement;
    const name = random.once(2) ? (element.attributes[0]?.name ?? "added") : "added";
    if (name.includes(":")) return null;
    const value = random.pick(values);
    return { change: { kind: "set attribute", name, value }, edits: setAttribute(document, element, name, value) };
  },
  function remove(document, elements, place, random) {
    const element = elements[place] as XmlElement;
    const attribute = element.attributes.length === 0 ? undefined : random.pick(element.attributes);
    if (attribute === undefined || attribute.name.includes(":")) return null;
    const edits = removeAttributes(document, element, [attribute]);
    return { change: { kind: "remove attribute", name: attribute.name }, edits };
  },
  function rename(_, elements, place, random) {
    const { attributes } = elements[place] as XmlElement;
    const attribute = attributes.length === 0 ? undefined : random.pick(attributes);
    if (attribute === undefined || attribute.name.includes(":")) return null;
    const edits = renameAttribute(attribute, "renamed");
    return { change: { kind: "rename attribute", name: attribute.name, value: "renamed" }, edits };
  },
  function renameTags(document, elements, place) {
    const edits = renameElement(document, elements[place] as XmlElement, "renamed");
    return { change: { kind: "rename element", name: "renamed" }, edits };
  },
  inserting("insert first", () => "first"),
  inserting("insert last", () => "last"),
  inserting("insert before", (element) => ({ before: element })),
  inserting("insert after", (element) => ({ after: element })),
  function takeOut(document, elements, place) {
    const element = elements[place] as XmlElement;
    if (element.parent === null) return null;
    return { change: { kind: "remove element" }, edits: removeElement(document, element) };
  },
  function move(document, elements, place, random) {
    const element = elements[place] as XmlElement;
    const other = random.below(elements.length);
    const target = elements[other] as XmlElement;
    const isInside = element.start <= target.start && target.end <= element.end;
    // Nothing is moved to where it stands; and among words there is no saying where a child goes.
    if (element.parent === null || isInside || element.parent === target || childElements(target).length === 0)
      return null;
    const { source, target: put } = moveElements(document, [element], document, target);
    return { change: { kind: "move element", other }, edits: [...source, ...put] };
  },
  function wrap(document, elements, place) {
    const element = elements[place] as XmlElement;
    if (element.parent === null) return null;
    return { change: { kind: "wrap element", name: "wrap" }, edits: wrapElement(document, element, { name: "wrap" }) };
  },
  function unwrap(document, elements, place) {
    const element = elements[place] as XmlElement;
    if (element.parent === null) return null;
    return { change: { kind: "unwrap element" }, edits: unwrapElement(document, element) };
  },
  function replace(document, elements, place, random) {
    const element = elements[place] as XmlElement;
    if (childElements(element).length > 0) return null;
    const value = random.pick(["x < y & z", "1", "ä€"]);
    return { change: { kind: "replace text", value }, edits: replaceText(document, element, value) };
  },
];

/** A new element in an element that has others, or beside one. */
function inserting(kind: string, placeOf: (element: XmlElement) => Place): Kind {
  return (document, elements, index) => {
    const element = elements[index] as XmlElement;
    const place = placeOf(element);
    const parent = typeof place === "string" ? element : element.parent;
    if (parent === null || childElements(parent).length === 0) return null;
    return { change: { kind, name: "new" }, edits: insertChildren(document, parent, [{ name: "new" }], place) };
  };
}
