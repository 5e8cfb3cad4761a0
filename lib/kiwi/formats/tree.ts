import { forbiddenCharacters, nameEnd } from "#lib/xml/characters.ts";
import { resolveNamespaces } from "#lib/xml/namespaces.ts";
import { xmlSource } from "#lib/xml/source.ts";
import type { XmlAttribute, XmlElement, XmlError } from "#lib/xml/tree.ts";
import type { Data, DataDocument, DataEntry, DataMap, DataScalar } from "./data.ts";
import { pythonText } from "./python-value.ts";
import type { DataFormat } from "./read.ts";
import { findTraps, type Trap } from "./traps.ts";

/** A piece of the text and what it stands for. */
export interface Place {
  kind: "element-name" | "attribute-name" | "attribute-value" | "text";
  start: number;
  end: number;
  element: XmlElement;
  attribute: XmlAttribute | null;
}

/** The elements that KIWI makes of a text which is not XML. */
export interface DataTree {
  root: XmlElement | null;
  errors: XmlError[];
  /** In the order of the text, what aliases bring left out. */
  places: Place[];
  /** Where the items of lists are written, whose name stands before the list. */
  items: ReadonlyMap<XmlElement, { start: number; end: number }>;
  /** What KIWI reads in another way than it looks. */
  traps: readonly Trap[];
}

/** libxml2 refuses what is nested deeper. */
const maxDepth = 256;

/**
 * Makes elements of data by KIWI's mapping, which is that of xmltodict: `@name` is an attribute, `#text` the text, any
 * other key a child, a list the same child several times; null makes an empty element. Offsets are those of the text;
 * names and values lie inside of their quotes, so that they can be replaced there.
 */
export function treeOf(text: string, { top, faults, unread }: DataDocument, format: DataFormat): DataTree {
  if (unread === true) return { root: null, errors: faults, places: [], items: new Map(), traps: [] };
  const builder = new Builder(text);
  const root = builder.root(top);
  const errors = [...faults, ...builder.source.errors].sort((a, b) => a.start - b.start || a.end - b.end);
  // Of what is broken it is not said what is missing.
  if (root !== null) for (const { start } of faults) markBroken(root, start);
  const { places, items, lost } = builder;
  places.sort((a, b) => a.start - b.start || a.end - b.end);
  return { root, errors, places, items, traps: findTraps(text, format, top, lost) };
}

class Builder {
  readonly source;
  readonly places: Place[] = [];
  readonly items = new Map<XmlElement, { start: number; end: number }>();
  /** Entries whose value is lost, as the same key follows. */
  readonly lost: { entry: DataEntry; by: DataScalar }[] = [];
  readonly #text: string;

  constructor(text: string) {
    this.source = xmlSource(text);
    this.#text = text;
  }

  root(top: Data | null): XmlElement | null {
    const wrong = (place: { start: number; end: number }) =>
      this.#fault("wrong-top-level", 'The top level must be the single key "image".', place);
    const start = this.#text.search(/\S/);
    if (top?.kind !== "map") {
      wrong(top ?? { start: Math.max(0, start), end: Math.max(0, start) + 1 });
      return null;
    }
    const entries = this.#last(top).filter(({ key }) => key.value !== "#comment");
    const wanted = entries.find(({ key }) => key.value === "image") ?? entries[0];
    for (const other of entries) if (other !== wanted) wrong(other.key);
    if (wanted === undefined) wrong(top);
    const elements = wanted === undefined ? [] : this.#children(wanted, null, 1);
    const root = elements[0] ?? null;
    if (wanted !== undefined && elements.length !== 1) wrong(wanted.key);
    if (root !== null) resolveNamespaces(this.source, [root]);
    return root;
  }

  /** The entries that count: of those with the same key the last. */
  #last(map: DataMap): DataEntry[] {
    const byKey = new Map<string, DataEntry>();
    for (const entry of map.entries) {
      const key = `${entry.key.type}:${entry.key.value}`;
      const before = byKey.get(key);
      // What an alias brings was seen where it is written.
      const isWritten = before !== undefined && before.merged !== true && before.key.start < entry.key.start;
      if (isWritten && before.value.start !== before.key.start) {
        this.lost.push({ entry: before, by: entry.key });
      }
      byKey.set(key, entry);
    }
    return [...byKey.values()];
  }

  /** The elements that one key stands for. */
  #children({ key, value }: DataEntry, parent: XmlElement | null, depth: number): XmlElement[] {
    this.#checkName(key, key.value, key);
    if (value.kind !== "list") {
      const element = this.#element(key, value, parent, key.start, depth);
      this.#place("element-name", key, element);
      return [element];
    }
    const elements = value.items.map((item) => {
      const element = this.#element(key, item, parent, item.start, depth);
      this.items.set(element, headOf(item));
      return element;
    });
    if (elements[0] !== undefined) this.#place("element-name", key, elements[0]);
    return elements;
  }

  #element(key: DataScalar, value: Data, parent: XmlElement | null, start: number, depth: number): XmlElement {
    const name = insideOf(key, key.value, this.#text);
    const element: XmlElement = {
      kind: "element",
      parent,
      start,
      end: Math.max(value.end, key.end),
      name: key.value,
      local: key.value,
      namespace: "",
      nameStart: name.start,
      nameEnd: name.end,
      attributes: [],
      children: [],
      openEnd: Math.max(value.start, start),
      closeStart: Math.max(value.end, key.end),
      form: "closed",
    };
    if (depth === maxDepth + 1) {
      const message = `Elements are nested deeper than ${maxDepth} levels; KIWI's parser refuses that.`;
      this.#fault("too-deep", message, key);
    }
    if (value.kind === "map") this.#fill(element, value, depth);
    else this.#addText(element, value);
    return element;
  }

  #fill(element: XmlElement, map: DataMap, depth: number): void {
    let text: Data | null = null;
    for (const entry of this.#last(map)) {
      const { key, value } = entry;
      if (key.type !== "string") this.#checkName(key, key.value, key);
      else if (key.value === "#text") text = value;
      else if (key.value === "#comment") this.#checkComment(value);
      else if (key.value.startsWith("@")) this.#addAttribute(element, key, value);
      else for (const child of this.#children(entry, element, depth + 1)) element.children.push(child);
    }
    if (text !== null) this.#addText(element, text);
  }

  #addAttribute(element: XmlElement, key: DataScalar, value: Data): void {
    if (key.value === "@xmlns" && value.kind === "map") {
      for (const { key: prefix, value: uri } of value.entries) {
        this.#attribute(element, prefix.value === "" ? "xmlns" : `xmlns:${prefix.value}`, prefix, prefix, uri);
      }
      return;
    }
    const inside = insideOf(key, key.value, this.#text);
    const name = key.value.slice(1);
    this.#attribute(element, name, key, { start: Math.min(inside.start + 1, inside.end), end: inside.end }, value);
  }

  #attribute(
    element: XmlElement,
    name: string,
    key: DataScalar,
    place: { start: number; end: number },
    value: Data,
  ): void {
    this.#checkName(key, name, place);
    const inside = value.kind === "scalar" ? { start: value.innerStart, end: value.innerEnd } : value;
    const attribute: XmlAttribute = {
      name,
      local: name,
      namespace: "",
      start: place.start,
      nameEnd: place.end,
      valueStart: inside.start,
      valueEnd: inside.end,
      end: Math.max(value.end, key.end),
      value: this.#data(pythonText(value), value),
      complete: true,
    };
    element.attributes.push(attribute);
    this.#place("attribute-name", key, element, attribute);
    this.#place("attribute-value", value, element, attribute);
  }

  #addText(element: XmlElement, value: Data): void {
    if (value.kind === "scalar") this.#place("text", value, element);
    const text = this.#data(pythonText(value), value).replace(/\r\n?/g, "\n");
    const { start, end } = value.kind === "scalar" ? { start: value.innerStart, end: value.innerEnd } : value;
    if (text !== "") element.children.push({ kind: "text", start, end, value: text });
  }

  /** KIWI writes everything into an XML file, where some characters cannot stand. */
  #data(text: string, place: { start: number; end: number }): string {
    if (!forbiddenCharacters(text).next().done) {
      this.#fault("forbidden-character", "This holds a character that XML forbids, and KIWI makes XML of it.", place);
    }
    return text;
  }

  #checkName(key: DataScalar, name: string, place: { start: number; end: number }): void {
    if (key.type === "string" && name !== "" && nameEnd(name, 0) === name.length) return;
    const what = key.value.startsWith("@") ? "an attribute" : "an element";
    const shown = this.#text.slice(key.start, Math.min(key.end, key.start + 40));
    const reason = key.type === "string" ? "" : ", as it is not read as text: write it in quotes";
    this.#fault("bad-key", `${shown} cannot be the name of ${what}${reason}.`, place);
  }

  #checkComment(value: Data): void {
    for (const one of value.kind === "list" ? value.items : [value]) {
      const text = pythonText(one);
      if (text.includes("--") || text.endsWith("-")) {
        this.#fault("bad-comment", 'A comment must not hold "--" nor end with "-".', one);
      }
    }
  }

  #place(
    kind: Place["kind"],
    { start, end }: { start: number; end: number },
    element: XmlElement,
    attribute: XmlAttribute | null = null,
  ): void {
    this.places.push({ kind, start, end, element, attribute });
  }

  #fault(code: string, message: string, { start, end }: { start: number; end: number }): void {
    this.source.report(code, message, start, Math.max(end, start + 1));
  }
}

/** The name inside of its quotes, where it is written there letter by letter; else the whole. */
function insideOf(key: DataScalar, name: string, text: string): { start: number; end: number } {
  if (text.slice(key.innerStart, key.innerEnd) !== name) return key;
  return { start: key.innerStart, end: key.innerEnd };
}

/** What shows an item of a list: its first key, or all of it. */
function headOf(item: Data): { start: number; end: number } {
  const key = item.kind === "map" ? item.entries[0]?.key : undefined;
  if (key !== undefined && key.start >= item.start) return { start: key.start, end: key.end };
  return { start: item.start, end: Math.max(item.end, item.start + 1) };
}

/** Marks the elements around a fault as unfinished. */
function markBroken(root: XmlElement, at: number): void {
  for (let element: XmlElement | undefined = root; element !== undefined; ) {
    element.form = "unclosed";
    element = element.children.find(
      (child): child is XmlElement => child.kind === "element" && child.start <= at && at <= child.end + 1,
    );
  }
}
