import type { XmlAttribute, XmlElement, XmlNode } from "#lib/xml/tree.ts";

/**
 * How a tree is looked at while it is judged. The tree itself stays as its author wrote it; a view may show other
 * attributes or children in it, so that what it shows still knows its place in the text.
 */
export interface View {
  attributes(element: XmlElement): readonly XmlAttribute[];
  children(element: XmlElement): readonly XmlNode[];
  parent(element: XmlElement): XmlElement | null;
}

/** The tree as it is. */
export const plainView: View = {
  attributes: (element) => element.attributes,
  children: (element) => element.children,
  parent: (element) => element.parent,
};
