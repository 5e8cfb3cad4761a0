import type { XmlAttribute, XmlElement } from "#lib/xml/tree.ts";

/** Something in a document that the grammar does not allow, placed at the token that is wrong. */
export interface Finding {
  code: string;
  message: string;
  /** The element that the finding is about; tells which document the offsets belong to. */
  element: XmlElement;
  start: number;
  end: number;
  /** Another element that the message speaks of: the first of those that may stand only once. */
  first?: XmlElement;
}

export type Report = (finding: Finding) => void;

/** The place of an element's name. */
export function atName(element: XmlElement): Pick<Finding, "element" | "start" | "end"> {
  return { element, start: element.nameStart, end: element.nameEnd };
}

/** The place of an attribute's value; with its quotes where there is nothing between them. */
export function atValue(element: XmlElement, attribute: XmlAttribute): Pick<Finding, "element" | "start" | "end"> {
  const { valueStart, valueEnd } = attribute;
  if (valueStart < valueEnd) return { element, start: valueStart, end: valueEnd };
  return { element, start: Math.max(attribute.start, valueStart - 1), end: Math.max(attribute.end, valueEnd) };
}
