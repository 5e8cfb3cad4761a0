import { textOf, type XmlElement, type XmlNode } from "#lib/xml/tree.ts";

/** An element as what is written for it in YAML, JSON or TOML, with the comments that stand before it. */
export type Value = { comments: string[] } & (
  | { kind: "scalar"; text: string | null }
  | { kind: "map"; entries: Map<string, Value> }
  | { kind: "list"; items: Value[] }
);

/** What becomes of an element's comments and of the order of its children. */
export interface Losses {
  /** Comments that have no place: behind the last child, or inside of text. */
  comments: XmlNode[];
  /** Children that come to stand with others of their name, before siblings that stood before them. */
  moved: XmlElement[];
}

/** Comments are cut out of the text by their places. */
interface Source {
  text: string;
  losses: Losses;
}

/** An element by KIWI's mapping: attributes as `@name`, text as `#text`, children of one name as a list. */
export function valueOf(element: XmlElement, source: Source): Value {
  const text = textOf(element).trim();
  const entries = new Map<string, Value>();
  for (const { name, value } of element.attributes) entries.set(`@${name}`, scalar(value));
  addChildren(entries, element, source);
  if (entries.size === 0) return scalar(text === "" ? null : text);
  if (text !== "") entries.set("#text", scalar(text));
  return { kind: "map", comments: [], entries };
}

function addChildren(entries: Map<string, Value>, element: XmlElement, source: Source): void {
  let pending: XmlNode[] = [];
  let last = "";
  for (const child of element.children) {
    if (child.kind === "comment") pending.push(child);
    if (child.kind !== "element") continue;
    const value = valueOf(child, source);
    value.comments = pending.map((comment) => commentText(source.text, comment));
    pending = [];
    const known = entries.get(child.name);
    if (known === undefined) entries.set(child.name, value);
    else {
      if (last !== child.name) source.losses.moved.push(child);
      if (known.kind === "list") known.items.push(value);
      else entries.set(child.name, { kind: "list", comments: [], items: [known, value] });
    }
    last = child.name;
  }
  source.losses.comments.push(...pending);
}

function scalar(text: string | null): Value {
  return { kind: "scalar", comments: [], text };
}

/** What a comment says, without its marks and the indentation of its lines. */
export function commentText(text: string, comment: { start: number; end: number }): string {
  const inner = text.slice(comment.start + 4, comment.end - 3);
  const lines = inner.split(/\r\n|\r|\n/).map((line) => line.trim());
  return lines.join("\n").trim();
}
