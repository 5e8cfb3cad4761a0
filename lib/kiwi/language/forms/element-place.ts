import { childElements, type XmlElement } from "#lib/xml/tree.ts";
import type { Composition } from "../includes.ts";

/**
 * Which element of a description is meant: the way to it from `<image>`, by numbers among the child elements, those of
 * includes in their place. It stays the same while attributes and texts change; `element` is its name, and keeps a way
 * that is out of date from leading to something else.
 */
export interface FormPlace {
  at: readonly number[];
  element: string;
}

/** The child elements as KIWI sees them. */
export function childrenIn({ view }: Composition, element: XmlElement): XmlElement[] {
  return childElements({ children: view.children(element) });
}

/** The element at a place; null where there is none of that name. */
export function elementAtPlace(composition: Composition, { at, element }: FormPlace): XmlElement | null {
  let found: XmlElement | null = composition.main.root;
  for (const index of at) found = (found && childrenIn(composition, found)[index]) ?? null;
  return found?.name === element ? found : null;
}
