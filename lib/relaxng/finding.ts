import type { XmlAttribute, XmlElement, XmlText } from "#lib/xml/tree.ts";

/** A range of a document that moves with the text: it is worked out when it is read. */
export interface Place {
  /** The element that it belongs to; tells which document the offsets belong to. */
  readonly element: XmlElement;
  readonly start: number;
  readonly end: number;
}

/**
 * Something in a document that the grammar does not allow, placed at the token that is wrong. Findings are kept while
 * the text around them changes, and of thousands few are shown: message and place are worked out when they are read.
 */
export interface Finding extends Place {
  readonly code: string;
  readonly message: string;
  /** The element lacks an attribute that it needs. */
  readonly incomplete?: boolean;
  /** The attribute that a misspelt name was taken for. */
  readonly meant?: string;
  /** The attributes that a rule speaks of. */
  readonly about?: readonly string[];
  /** Another element that the message speaks of: the first of those that may stand only once. */
  readonly first?: XmlElement;
}

export type Report = (finding: Finding) => void;

/** What few findings carry. */
export type Extras = Pick<Finding, "incomplete" | "meant" | "about" | "first">;

export function finding(code: string, place: Place, message: () => string, extras: Extras = {}): Finding {
  return {
    code,
    element: place.element,
    get start() {
      return place.start;
    },
    get end() {
      return place.end;
    },
    get message() {
      return message();
    },
    ...extras,
  };
}

/** The place of an element's name. */
export function atName(element: XmlElement): Place {
  return {
    element,
    get start() {
      return element.nameStart;
    },
    get end() {
      return element.nameEnd;
    },
  };
}

/** The place of an attribute's name. */
export function atAttribute(element: XmlElement, attribute: XmlAttribute): Place {
  return {
    element,
    get start() {
      return attribute.start;
    },
    get end() {
      return attribute.nameEnd;
    },
  };
}

/** The place of an attribute's value; with its quotes where there is nothing to see between them. */
export function atValue(element: XmlElement, attribute: XmlAttribute): Place {
  const isBlank = () => attribute.value.trim() === "";
  return {
    element,
    get start() {
      return isBlank() ? Math.max(attribute.start, attribute.valueStart - 1) : attribute.valueStart;
    },
    get end() {
      return isBlank() ? Math.max(attribute.end, attribute.valueEnd) : attribute.valueEnd;
    },
  };
}

/** The place of character data, from one node to another. */
export function atText(element: XmlElement, first: XmlText, last: XmlText = first): Place {
  return {
    element,
    get start() {
      return first.start;
    },
    get end() {
      return last.end;
    },
  };
}
