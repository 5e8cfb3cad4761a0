/**
 * What a text in YAML, JSON or TOML holds, with the places where it is written. All readers give this, and one mapping
 * makes the elements of a description of it. Offsets are UTF-16 units; ends are exclusive.
 */
export type Data = DataMap | DataList | DataScalar;

export interface DataMap {
  kind: "map";
  start: number;
  end: number;
  /** In the order of the text; a key may occur several times. */
  entries: DataEntry[];
}

export interface DataEntry {
  key: DataScalar;
  value: Data;
  /** It comes from what is merged in: keys that are written here stand above it. */
  merged?: true;
}

export interface DataList {
  kind: "list";
  start: number;
  end: number;
  items: Data[];
}

export interface DataScalar {
  kind: "scalar";
  type: "string" | "boolean" | "number" | "null" | "date";
  /** The value as KIWI writes it into XML. */
  value: string;
  start: number;
  end: number;
  /** The range between the quotes; the same as the whole where there are none. */
  innerStart: number;
  innerEnd: number;
}

/** What is wrong with a text. */
export interface DataFault {
  code: string;
  message: string;
  start: number;
  end: number;
}

export interface DataDocument {
  /** null where the text holds nothing. */
  top: Data | null;
  faults: DataFault[];
  /** It was not read at all, though KIWI may read it. */
  unread?: true;
}

/** What readers take in at most. KIWI's parser refuses more than 256 levels of elements. */
export const dataLimits = { depth: 300, nodes: 200_000 };

/** Thrown by readers when a text goes beyond the limits; they turn it into a fault. */
export class TooMuch extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}
