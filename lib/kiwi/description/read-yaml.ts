import { type Document, isAlias, isMap, isScalar, isSeq, parseDocument } from "yaml";
import { type Element, limits, type ReadResult } from "./element.ts";

/**
 * Reads a YAML (or JSON) description by the mapping that KIWI uses: one top-level key `image`, `@name` = attribute,
 * `#text` = text, a list = the same element several times.
 */
export function readYaml(text: string): ReadResult {
  // KIWI reads YAML 1.1, where `yes` and `on` are booleans.
  const document = parseDocument(text, { version: "1.1", uniqueKeys: true });
  const [mistake] = document.errors;
  if (mistake) {
    const message = mistake.message.split("\n")[0] ?? mistake.message;
    return { error: { message, ...(mistake.linePos ? { line: mistake.linePos[0].line } : {}) } };
  }
  try {
    const top = new Reader(document).children(document.contents, 0);
    const [root] = top.children;
    if (root?.name !== "image" || top.children.length !== 1 || top.attributes.size > 0)
      return { error: { message: "The top level must be the single key `image`.", line: 1 } };
    return { root };
  } catch (error) {
    return { error: { message: error instanceof Error ? error.message : String(error) } };
  }
}

class Reader {
  readonly #document: Document;
  #left = limits.elements;

  constructor(document: Document) {
    this.#document = document;
  }

  /** The insides of an element: what its mapping, scalar or null stands for. */
  children(value: unknown, depth: number): Omit<Element, "name"> {
    if (depth > limits.depth) throw new Error(`The description is nested deeper than ${limits.depth} levels.`);
    const node = this.#resolve(value);
    const attributes = new Map<string, string>();
    if (!isMap(node)) return { attributes, children: [], text: scalarText(node, "element") };
    const children: Element[] = [];
    let text = "";
    for (const pair of node.items) {
      const key = scalarText(this.#resolve(pair.key), "element");
      if (key.startsWith("@")) attributes.set(key.slice(1), scalarText(this.#resolve(pair.value), "attribute"));
      else if (key === "#text") text = scalarText(this.#resolve(pair.value), "element");
      else for (const one of this.#several(pair.value)) children.push(this.#element(key, one, depth));
    }
    return { attributes, children, text };
  }

  #element(name: string, value: unknown, depth: number): Element {
    // Counted after aliases are followed, so that a few lines cannot unfold into millions of elements.
    if (this.#left-- <= 0) throw new Error(`The description has more than ${limits.elements} elements.`);
    return { name, ...this.children(value, depth + 1) };
  }

  #several(value: unknown): unknown[] {
    const node = this.#resolve(value);
    return isSeq(node) ? node.items : [value];
  }

  #resolve(value: unknown): unknown {
    return isAlias(value) ? value.resolve(this.#document) : value;
  }
}

/** A scalar as KIWI turns it into XML: Python's spelling of numbers, and of booleans in attributes. */
function scalarText(node: unknown, place: "element" | "attribute"): string {
  if (node === null || node === undefined) return place === "attribute" ? "None" : "";
  if (!isScalar(node)) throw new Error("A list or mapping stands where a plain value is expected.");
  const { value, source } = node;
  if (value === null) return place === "attribute" ? "None" : "";
  if (typeof value === "boolean") return place === "attribute" ? (value ? "True" : "False") : String(value);
  if (typeof value === "number" && Number.isInteger(value) && source?.includes(".")) return value.toFixed(1);
  return String(value).trim();
}
