import type { View } from "#lib/relaxng/view.ts";
import type { XmlElement } from "#lib/xml/tree.ts";

/**
 * What was read of the elements below a root. It must not hold places: those move without a new revision. The same root
 * must always be seen in the same way.
 */
export type Kept<T> = WeakMap<XmlElement, WeakMap<XmlElement, Section<T>>>;

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
  const known = kept.get(root) ?? new WeakMap<XmlElement, Section<T>>();
  kept.set(root, known);

  function partOf(top: XmlElement, section: XmlElement): Part<T> {
    const found: T[] = [];
    let asWritten = true;
    const pending = [top];
    for (let element = pending.pop(); element !== undefined; element = pending.pop()) {
      for (const one of read(element, section)) found.push(one);
      const children = view.children(element);
      asWritten &&= children === element.children && view.attributes(element) === element.attributes;
      for (let i = children.length - 1; i >= 0; i--) {
        const inner = children[i];
        if (inner?.kind === "element") pending.push(inner);
      }
    }
    return { element: top, revision: asWritten ? revisionOf(top) : -1, found };
  }

  function sectionOf(element: XmlElement, before: readonly Part<T>[]): Section<T> {
    const own = read(element, element);
    const children = elementsIn(element, view);
    const most = Math.min(children.length, before.length);
    let first = 0;
    while (first < most && isCurrent(before[first], children[first])) first++;
    let last = 0;
    while (last < most - first && isCurrent(before.at(-1 - last), children.at(-1 - last))) last++;
    const parts = [
      ...before.slice(0, first),
      ...children.slice(first, children.length - last).map((child) => partOf(child, element)),
      ...before.slice(before.length - last),
    ];
    const asWritten = isAsWritten(element, view) && parts.every(({ revision }) => revision >= 0);
    const found = [...own, ...parts.flatMap((part) => part.found)];
    return { element, revision: asWritten ? revisionOf(element) : -1, found, parts };
  }

  return elementsIn(root, view).flatMap((element) => {
    let section = known.get(element);
    if (section === undefined || !isCurrent(section, element)) {
      section = sectionOf(element, section?.parts ?? []);
      known.set(element, section);
    }
    return section.found;
  });
}

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
