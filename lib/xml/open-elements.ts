import { indentation, type XmlSource } from "./source.ts";
import type { XmlElement, XmlNode } from "./tree.ts";

/** libxml2 refuses what is nested deeper, and KIWI reads its descriptions with libxml2. */
export const maxDepth = 256;

/** The elements that are open at one point of the parse, and the place where the next node belongs. */
export interface OpenElements {
  add(node: XmlNode): void;
  open(element: XmlElement): void;
  current(): XmlElement | null;
  isOpen(name: string): boolean;
  /** Whether an end tag of that name, which fits nothing that was opened here, may end an element around all this. */
  mayLeave(name: string): boolean;
  leave(): void;
  hasLeft(): boolean;
  /** The elements that were opened here and not closed so far, from the outside inwards. */
  inner(): readonly XmlElement[];
  /** The greatest number of elements that were open at once. */
  deepest(): number;
  /** Nothing but blanks, comments and instructions was met so far: a document type declaration may come. */
  isEmpty(): boolean;
  /** Closes the innermost open element of that name, and those inside it that nobody closed. */
  close(name: string, closeStart: number, end: number): void;
  closeAll(): void;
}

/** The elements around a place in the middle of a text at which reading begins. */
export interface Outer {
  elements: readonly XmlElement[];
  /** Others may be open as well: those that nobody closed do not stand around what follows them. */
  uncertain: boolean;
}

const nothingAround: Outer = { elements: [], uncertain: false };

export function openElements(source: XmlSource, top: XmlNode[], outer = nothingAround): OpenElements {
  const stack: XmlElement[] = [...outer.elements];
  const base = stack.length;
  let left = false;
  let deepest = base;
  const counts = new Map<string, number>();
  const count = (name: string, change: number) => counts.set(name, (counts.get(name) ?? 0) + change);

  /** Ends the elements above `keep`; each is the last child of the one below it. */
  function endUnclosed(keep: number): void {
    let owner = keep === base ? null : (stack[keep - 1] as XmlElement);
    const ended = stack.splice(keep);
    for (const element of ended) {
      count(element.name, -1);
      if (element.form === "unclosed") {
        source.report("unclosed-element", `<${element.name}> is never closed.`, element.start, element.nameEnd);
      }
      const hoisted = owner === null ? [] : element.children.splice(firstSibling(source, element));
      for (const node of hoisted) if (node.kind === "element") node.parent = owner;
      if (owner !== null) for (const node of hoisted) owner.children.push(node);
      if (hoisted.length === 0) owner = element;
    }
    // From the inside outwards: each reaches as far as its last child.
    for (const element of ended.reverse()) {
      element.end = element.children.at(-1)?.end ?? element.openEnd;
      element.closeStart = element.end;
    }
  }

  return {
    add(node) {
      (stack.length === base ? top : (stack.at(-1) as XmlElement).children).push(node);
    },
    open(element) {
      stack.push(element);
      deepest = Math.max(deepest, stack.length);
      count(element.name, 1);
      if (stack.length === maxDepth + 1) {
        const message = `Elements are nested deeper than ${maxDepth} levels; KIWI's parser refuses that.`;
        source.report("too-deep", message, element.start, element.nameEnd);
      }
    },
    current: () => stack.at(-1) ?? null,
    isOpen: (name) => (counts.get(name) ?? 0) > 0,
    mayLeave: (name) =>
      base > 0 && (stack.length === base || outer.uncertain || outer.elements.some((element) => element.name === name)),
    leave() {
      left = true;
    },
    hasLeft: () => left,
    inner: () => stack.slice(base),
    deepest: () => deepest,
    isEmpty: () => base === 0 && top.every((node) => node.kind !== "element" && node.kind !== "doctype"),
    close(name, closeStart, end) {
      const index = stack.findLastIndex((element) => element.name === name);
      if (index + 1 < stack.length) endUnclosed(index + 1);
      const element = stack.pop() as XmlElement;
      count(name, -1);
      element.closeStart = closeStart;
      element.end = end;
      if (element.form === "unclosed") element.form = "closed";
    },
    closeAll: () => endUnclosed(base),
  };
}

/**
 * Where the children of an element that nobody closed begin to be its siblings: at once after a tag without its `>`
 * (someone is typing it), else at the first one that is not indented deeper than the element.
 */
function firstSibling(source: XmlSource, element: XmlElement): number {
  if (element.form === "broken") return 0;
  const own = indentation(source.text, element.start);
  if (own === null) return element.children.length;
  const index = element.children.findIndex((child) => {
    if (child.kind !== "element") return false;
    const indent = indentation(source.text, child.start);
    return indent !== null && indent <= own;
  });
  return index < 0 ? element.children.length : index;
}
