import type { View } from "#lib/relaxng/view.ts";
import type { XmlElement } from "#lib/xml/tree.ts";

/**
 * What was read of the elements below a root. It must not hold places: those move without a new revision. The same root
 * must always be seen in the same way.
 */
export type Kept<T> = WeakMap<XmlElement, readonly Section<T>[]>;

/** An element with what was read of it and of all elements inside of it. */
interface Part<T> {
  element: XmlElement;
  /** The revision that it was read in; -1 where a view shows something in it otherwise than it is written. */
  revision: number;
  found: readonly T[];
}

/** A child of the root. */
interface Section<T> extends Part<T> {
  parts: readonly Part<T>[];
}

/**
 * Reads all elements below a root in their order, those of included files among them. `read` looks at an element
 * and at the child of the root that holds it, and is asked again only where something in it has changed.
 */
export function readElements<T>(
  root: XmlElement,
  view: View,
  read: (element: XmlElement, section: XmlElement) => readonly T[],
  kept: Kept<T> = new WeakMap(),
): T[] {
  function partOf(top: XmlElement, section: XmlElement): Part<T> {
    let found: T[] | undefined;
    let asWritten = true;
    const pending = [top];
    for (let element = pending.pop(); element !== undefined; element = pending.pop()) {
      for (const one of read(element, section)) (found ??= []).push(one);
      const children = view.children(element);
      asWritten &&= children === element.children && view.attributes(element) === element.attributes;
      for (let i = children.length - 1; i >= 0; i--) {
        const inner = children[i];
        if (inner?.kind === "element") pending.push(inner);
      }
    }
    return { element: top, revision: asWritten ? revisionOf(top) : -1, found: found ?? nothing };
  }

  function sectionOf(element: XmlElement, before: readonly Part<T>[] = []): Section<T> {
    const own = read(element, element);
    const parts = renewed(elementsIn(element, view), before, (child) => partOf(child, element));
    const asWritten = isAsWritten(element, view) && parts.every(({ revision }) => revision >= 0);
    const found = parts.length === 0 ? own : [...own, ...parts.flatMap((part) => part.found)];
    return { element, revision: asWritten ? revisionOf(element) : -1, found, parts };
  }

  const sections = renewed(elementsIn(root, view), kept.get(root) ?? [], (element, before) =>
    sectionOf(element, before?.parts),
  );
  kept.set(root, sections);
  return sections.flatMap(({ found }) => found);
}

/** Takes what is known of elements as long as it holds: all that stands before and behind what has changed. */
function renewed<P extends Part<unknown>>(
  elements: readonly XmlElement[],
  before: readonly P[],
  read: (element: XmlElement, before: P | undefined) => P,
): P[] {
  const most = Math.min(elements.length, before.length);
  let first = 0;
  while (first < most && isCurrent(before[first], elements[first])) first++;
  let last = 0;
  while (last < most - first && isCurrent(before.at(-1 - last), elements.at(-1 - last))) last++;
  const changed = new Map(before.slice(first, before.length - last).map((part) => [part.element, part]));
  return [
    ...before.slice(0, first),
    ...elements.slice(first, elements.length - last).map((element) => read(element, changed.get(element))),
    ...before.slice(before.length - last),
  ];
}

const nothing: readonly never[] = [];

const revisionOf = (element: XmlElement) => element.revision ?? 0;

function isCurrent(part: Part<unknown> | undefined, element: XmlElement | undefined): boolean {
  return element !== undefined && part?.element === element && part.revision === revisionOf(element);
}

function isAsWritten(element: XmlElement, view: View): boolean {
  return view.attributes(element) === element.attributes && view.children(element) === element.children;
}

function elementsIn(element: XmlElement, view: View): XmlElement[] {
  return view.children(element).filter((child) => child.kind === "element");
}
