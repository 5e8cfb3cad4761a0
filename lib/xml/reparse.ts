import { nameEnd } from "./characters.ts";
import { applyEdits, type TextEdit } from "./edit/text-edit.ts";
import { resolveNamespaces } from "./namespaces.ts";
import { maxDepth, type OpenElements, openElements } from "./open-elements.ts";
import { parseXml, readNode, reportForbidden } from "./parse.ts";
import { shiftAfter } from "./shift.ts";
import { indentation, maxErrors, xmlSource } from "./source.ts";
import { childElements, type XmlDocument, type XmlElement, type XmlError, type XmlNode } from "./tree.ts";

/**
 * The tree after a change of its text, equal to that of a full parse. The given document is used up: what the change
 * does not touch is taken over and moved. Only some children of the innermost element around the change are read again,
 * from one that is not affected to the next; where that cannot be, some of the element around it, and at last all.
 * Elements stay the same objects where nothing changed but their inside, and lists of attributes and children stay the
 * same lists where nothing in them changed: that tells what must be looked at again.
 */
export function reparse(document: XmlDocument, change: TextEdit): XmlDocument {
  const text = applyEdits(document.text, [change]);
  return reparseInside(document, change, text) ?? parseXml(text);
}

/** One try to read some children of an element again. */
interface Try {
  document: XmlDocument;
  change: TextEdit;
  /** The new text. */
  text: string;
  delta: number;
  /** From the root to the element. */
  path: readonly XmlElement[];
  element: XmlElement;
}

/** The children from `from` to `to`, the latter excluded, give way to others. */
interface Patch {
  from: number;
  to: number;
  nodes: XmlNode[];
  errors: XmlError[];
  deepest: number;
}

function reparseInside(document: XmlDocument, change: TextEdit, text: string): XmlDocument | null {
  // What counts all over the text cannot be told from a part of it.
  if (document.deepest > maxDepth || document.hasEntities || document.errors.length >= maxErrors) return null;
  if (endsSomethingEarlier(document, change, text)) return null;
  const delta = change.text.length - (change.end - change.start);
  const path = pathTo(document, change);
  // What failed in an element is done again in the one around it: that must not cost more than a full parse.
  let budget = text.length;
  for (; path.length > 0; path.pop()) {
    const element = path.at(-1) as XmlElement;
    if (!isInContent(element, change)) continue;
    const attempt = { document, change, text, delta, path, element };
    const patch = readAgain(attempt, budget);
    const edited = patch === null ? null : applyPatch(attempt, patch);
    if (edited !== null) return edited;
    budget -= element.end - element.start;
    if (budget < 0) return null;
  }
  return null;
}

/** What had no end, somewhere before the change, may have got one. */
function endsSomethingEarlier({ errors }: XmlDocument, { start, text: added }: TextEdit, text: string): boolean {
  const around = text.slice(Math.max(0, start - 2), start + added.length + 2);
  const ends = around.includes(">");
  return errors.some(
    (error) => error.start < start && (endedByAnything.has(error.code) || (ends && endedByBracket.has(error.code))),
  );
}

const endedByBracket: ReadonlySet<string> = new Set(["unclosed-comment", "unclosed-instruction", "unclosed-cdata"]);
const endedByAnything: ReadonlySet<string> = new Set(["bad-doctype", "misplaced-doctype"]);

/** The elements that hold the whole change, from the root inwards. */
function pathTo(document: XmlDocument, { start, end }: TextEdit): XmlElement[] {
  const path: XmlElement[] = [];
  let nodes: readonly XmlNode[] = document.root === null ? [] : [document.root];
  for (;;) {
    const inner = nodes[firstEndingAt(nodes, start)];
    if (inner?.kind !== "element" || inner.start >= start || end >= inner.end) return path;
    path.push(inner);
    nodes = inner.children;
  }
}

function isInContent(element: XmlElement, { start, end }: TextEdit): boolean {
  return element.form === "closed" && element.openEnd <= start && end <= element.closeStart;
}

/** Index of the first node that ends at the offset or behind it. */
function firstEndingAt(nodes: readonly XmlNode[], offset: number): number {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nodes[middle] as XmlNode).end < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function readAgain(attempt: Try, budget: number): Patch | null {
  const { document, change, text, delta, path, element } = attempt;
  const { children } = element;
  const from = resumeBefore(document.text, children, firstEndingAt(children, change.start));
  if (from === 0 && !isTagSettled(element)) return null;
  const start = children[from]?.start ?? element.openEnd;
  const limit = element.closeStart + delta;
  if (limit - start > budget && limit - start > 10_000) return null;

  const source = xmlSource(text);
  const nodes: XmlNode[] = [];
  const open = openElements(source, nodes, { elements: path, uncertain: unclosed(document.errors) > 0 });
  const changeEnd = change.start + change.text.length;
  let to = from;
  let at = start;
  for (; ; at = readNode(source, open, at)) {
    if (open.hasLeft() || at > limit) return null;
    while (to < children.length && isPassed(children[to] as XmlNode, at - delta, change.end)) to++;
    const boundary = children[to]?.start ?? element.closeStart;
    if (at >= changeEnd && boundary + delta === at && goesOnAsBefore(attempt, open, nodes, from, to)) break;
    if (at === limit) return null;
  }
  open.closeAll();
  const forbidden = xmlSource(text);
  reportForbidden(forbidden, start, at);
  resolveNamespaces(source, childElements({ children: nodes }), path);
  return { from, to, nodes, errors: [...forbidden.errors, ...source.errors], deepest: open.deepest() };
}

function isPassed({ start }: XmlNode, at: number, changeEnd: number): boolean {
  return start < at || start < changeEnd;
}

/**
 * Index of the child to begin with so that all before it stays as it is. Some nodes depend on what follows them; and
 * what was read inside of an element that nobody closed is a sibling only because of its first one.
 */
function resumeBefore(text: string, children: readonly XmlNode[], wanted: number): number {
  let from = wanted;
  for (let i = wanted - 1; i >= 0; i--) {
    const child = children[i] as XmlNode;
    if (i === from - 1 && !isSettled(text, child)) from = i;
    else if (child.kind === "element" && child.form === "unclosed") {
      if (i + 1 === from || children[i + 1]?.kind !== "element") from = i;
    }
  }
  return from;
}

/** Whether a change somewhere behind the character that follows the node can make no difference to it. */
function isSettled(text: string, node: XmlNode): boolean {
  let last = node;
  while (last.kind === "element" && last.form === "unclosed" && last.children.length > 0) {
    last = last.children.at(-1) as XmlNode;
  }
  if (last.kind === "text") return last.end - last.start > 1 || text[last.start] !== "<";
  if (last.kind === "stray-end-tag") return text[last.end - 1] === ">";
  if (last.kind !== "element" || last.form === "broken") return true;
  return last.form === "closed" ? text[last.end - 1] === ">" : isTagSettled(last);
}

/** A value without its closing quote may find it in the text behind the tag. */
function isTagSettled({ attributes }: XmlElement): boolean {
  return attributes.every((attribute) => attribute.complete);
}

/** Whether what follows, from the child `to`, reads as it did before the change. */
function goesOnAsBefore(
  { document, text, delta, element }: Try,
  open: OpenElements,
  nodes: readonly XmlNode[],
  from: number,
  to: number,
): boolean {
  const { children } = element;
  const next = children[to]?.kind === "text" ? children[to + 1] : children[to];
  if (next !== undefined && indentation(document.text, next.start) !== indentation(text, next.start + delta)) {
    return false;
  }
  if (next === undefined && !isClosedByName(document.text, element)) return false;

  // A wrong end tag counts as the element's own only where that holds no other.
  const hadElement = holdsElement(children, 0, to);
  const hasElement = holdsElement(children, 0, from) || holdsElement(nodes, 0, nodes.length);
  if (hadElement !== hasElement && !isIndifferent(document, element, to)) return false;

  const [inner, ...more] = open.inner();
  if (inner === undefined) {
    const wasOpen = children.slice(from, to).some((child) => child.kind === "element" && isOpenEnded(child));
    return !wasOpen || isIndifferent(document, element, to);
  }
  if (more.length > 0 || inner.name === element.name || !isIndifferent(document, element, to)) return false;
  if (inner.form === "broken") return inner.children.length === 0;
  // What follows becomes a sibling of an element that nobody closed, if it is not indented deeper.
  const sibling = children[to];
  if (sibling?.kind !== "element" || inner.children.some((child) => child.kind === "element")) return false;
  const [own, its] = [indentation(text, inner.start), indentation(text, sibling.start + delta)];
  return own !== null && its !== null && its <= own;
}

function holdsElement(nodes: readonly XmlNode[], from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (nodes[i]?.kind === "element") return true;
  return false;
}

function isOpenEnded({ form }: XmlElement): boolean {
  return form === "unclosed" || form === "broken";
}

function isClosedByName(text: string, { name, closeStart }: XmlElement): boolean {
  return text.slice(closeStart + 2, nameEnd(text, closeStart + 2)) === name;
}

/** Whether the children from `to` on, and the end of the element, read the same whatever stands, and is open, before. */
function isIndifferent({ text, errors }: XmlDocument, element: XmlElement, to: number): boolean {
  if (!isClosedByName(text, element)) return false;
  const start = element.children[to]?.start ?? element.closeStart;
  return !errors.some(
    (error) =>
      error.start >= start &&
      error.start < element.closeStart &&
      (error.code === "stray-end-tag" || error.code === "wrong-end-tag"),
  );
}

/** How many elements may be open at some place although the tree does not show it. */
function unclosed(errors: readonly XmlError[]): number {
  let count = 0;
  for (const { code } of errors) if (code === "unclosed-element" || code === "unfinished-tag") count++;
  return count;
}

function applyPatch({ document, text, delta, path, element }: Try, patch: Patch): XmlDocument | null {
  const { from, to, nodes } = patch;
  const { children } = element;
  const start = children[from]?.start ?? element.openEnd;
  const end = children[to]?.start ?? element.closeStart;
  const errors = [
    ...document.errors.filter((error) => error.start < start),
    ...patch.errors.sort((a, b) => a.start - b.start || a.end - b.end),
    ...document.errors
      .filter((error) => error.start >= end)
      .map((error) => ({ ...error, start: error.start + delta, end: error.end + delta })),
  ];
  const deepest = Math.max(document.deepest, patch.deepest);
  if (deepest + unclosed(errors) > maxDepth || errors.length >= maxErrors) return null;

  if (delta !== 0) shiftAfter(document, path, to, delta);
  for (const outer of path) outer.revision = (outer.revision ?? 0) + 1;
  const old = children.slice(from, to);
  if (old.length === nodes.length && nodes.every((node, i) => looksLike(node, old[i] as XmlNode))) {
    for (const [i, node] of nodes.entries()) adopt(old[i] as XmlNode, node);
  } else element.children = [...children.slice(0, from), ...nodes, ...children.slice(to)];
  return { ...document, text, errors, deepest };
}

/** Whether one node may stand for the other without the parent's taking notice. */
function looksLike(a: XmlNode, b: XmlNode): boolean {
  if (a.kind === "element" && b.kind === "element") return a.name === b.name && a.namespace === b.namespace;
  if (a.kind === "text" || a.kind === "cdata") return a.kind === b.kind && a.value === b.value;
  return a.kind === b.kind;
}

function adopt(old: XmlNode, node: XmlNode): void {
  Object.assign(old, node);
  if (old.kind === "element") old.revision = (old.revision ?? 0) + 1;
  if (old.kind === "element") for (const child of old.children) if (child.kind === "element") child.parent = old;
}
