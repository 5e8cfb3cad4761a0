/**
 * The tree of an XML text that keeps every character: the children of an element, with its tags, tile its range, and
 * the nodes of a document tile the text. Offsets are UTF-16 units into that text; ends are exclusive.
 */
export interface XmlDocument {
  readonly text: string;
  /** Top-level nodes; a sound document has one element among them. */
  readonly children: XmlNode[];
  readonly root: XmlElement | null;
  /** What keeps the text from being well-formed, in the order of the text. */
  readonly errors: XmlError[];
  /** It declares entities of its own. */
  readonly hasEntities: boolean;
  /** How many elements were open at once at most while it was read. */
  readonly deepest: number;
}

export type XmlNode = XmlElement | XmlText | XmlOther;

export interface XmlElement {
  kind: "element";
  parent: XmlElement | null;
  start: number;
  end: number;
  /** Name as it is written, with its prefix. */
  name: string;
  local: string;
  /** Namespace name; "" where there is none. */
  namespace: string;
  nameStart: number;
  nameEnd: number;
  attributes: XmlAttribute[];
  children: XmlNode[];
  /** End of the start tag. */
  openEnd: number;
  /** Start of the end tag; equals `end` where there is none. */
  closeStart: number;
  /** How it ends: `<a/>`, `<a></a>`, no end tag, or a start tag without its `>`. */
  form: "empty" | "closed" | "unclosed" | "broken";
  /** Counts the times that something inside of it was read again after a change of the text; absent = never. */
  revision?: number;
}

export interface XmlAttribute {
  name: string;
  local: string;
  namespace: string;
  start: number;
  /** End of the name. */
  nameEnd: number;
  /** Range of the value inside its quotes; both equal `nameEnd` where there is no value. */
  valueStart: number;
  valueEnd: number;
  end: number;
  /** The value as a parser reports it: references expanded, blanks normalised. */
  value: string;
  /** It has `="…"`, complete. */
  complete: boolean;
}

export interface XmlText {
  kind: "text" | "cdata";
  start: number;
  end: number;
  /** Character data, references expanded. */
  value: string;
}

/**
 * What carries no data: comments, processing instructions, declarations, end tags that close nothing, and the rest of a
 * text that is too broken to be read on.
 */
export interface XmlOther {
  kind: "comment" | "instruction" | "declaration" | "doctype" | "stray-end-tag" | "unread";
  start: number;
  end: number;
}

export interface XmlError {
  code: string;
  message: string;
  start: number;
  end: number;
}

/** The elements among the children of a node. */
export function childElements(node: { children: readonly XmlNode[] }): XmlElement[] {
  return node.children.filter((child): child is XmlElement => child.kind === "element");
}

/** All elements of a subtree, parents before their children. Needs no stack of calls, however deep the tree is. */
export function* elementsOf(roots: readonly XmlNode[]): Generator<XmlElement> {
  const pending: XmlNode[] = [...roots].reverse();
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind !== "element") continue;
    yield node;
    for (let i = node.children.length - 1; i >= 0; i--) pending.push(node.children[i] as XmlNode);
  }
}

/** The character data directly inside an element. */
export function textOf(element: XmlElement): string {
  let text = "";
  for (const child of element.children) if (child.kind === "text" || child.kind === "cdata") text += child.value;
  return text;
}

export function attributeOf(element: XmlElement, name: string): XmlAttribute | undefined {
  return element.attributes.find((attribute) => attribute.name === name);
}

/** The innermost element whose range holds the offset, its borders excluded. */
export function elementAt(document: { readonly children: readonly XmlNode[] }, offset: number): XmlElement | null {
  let found: XmlElement | null = null;
  let children: readonly XmlNode[] = document.children;
  for (;;) {
    const inner = nodeAt(children, offset);
    if (inner?.kind !== "element") return found;
    found = inner;
    children = inner.children;
  }
}

/** The node that holds the offset strictly inside, found by bisection. */
function nodeAt(nodes: readonly XmlNode[], offset: number): XmlNode | undefined {
  let low = 0;
  let high = nodes.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const node = nodes[middle] as XmlNode;
    if (offset <= node.start) high = middle - 1;
    else if (offset < node.end || isOpenAt(node, offset)) return node;
    else low = middle + 1;
  }
  return undefined;
}

/** Whether text typed at the element's very end still belongs to it: it has no end yet. */
function isOpenAt(node: XmlNode, offset: number): boolean {
  return node.kind === "element" && offset === node.end && (node.form === "unclosed" || node.form === "broken");
}
