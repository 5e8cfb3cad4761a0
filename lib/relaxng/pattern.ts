import type { Datatype } from "./datatypes.ts";
import type { NameClass } from "./name-class.ts";

/** One `<element>` of a schema. */
export interface ElementDeclaration {
  readonly id: number;
  readonly nameClass: NameClass;
  readonly documentation: string | null;
  /** What may stand inside; worked out when it is first asked for, since declarations may hold one another. */
  readonly content: () => Pattern;
}

/** One `<attribute>` of a schema. */
export interface AttributeDeclaration {
  readonly id: number;
  readonly nameClass: NameClass;
  readonly documentation: string | null;
  /** Patterns of its value: empty, text, data, and choices of them. */
  readonly value: Pattern;
}

/**
 * A RELAX NG pattern. Equal patterns are one object, so that they compare by identity and derivatives can be kept by
 * their ids (after James Clark's derivative algorithm).
 */
export type Pattern = { readonly id: number; readonly nullable: boolean } & (
  | { readonly kind: "empty" | "not-allowed" | "text" }
  | { readonly kind: "data"; readonly datatype: Datatype }
  | { readonly kind: "element"; readonly declaration: ElementDeclaration }
  | { readonly kind: "attribute"; readonly declaration: AttributeDeclaration }
  | { readonly kind: "choice" | "group" | "interleave"; readonly parts: readonly Pattern[] }
  | { readonly kind: "one-or-more"; readonly part: Pattern }
);

export interface Patterns {
  readonly empty: Pattern;
  readonly notAllowed: Pattern;
  readonly text: Pattern;
  data(datatype: Datatype): Pattern;
  element(declaration: ElementDeclaration): Pattern;
  attribute(declaration: AttributeDeclaration): Pattern;
  choice(parts: readonly Pattern[]): Pattern;
  group(parts: readonly Pattern[]): Pattern;
  interleave(parts: readonly Pattern[]): Pattern;
  oneOrMore(part: Pattern): Pattern;
  /** How many different patterns exist. */
  readonly size: () => number;
}

/** A table in which each pattern exists once. Constructors simplify as the RELAX NG specification does. */
export function patternTable(): Patterns {
  const table = new Map<string, Pattern>();
  type Shape = Pattern extends infer P ? (P extends Pattern ? Omit<P, "id"> : never) : never;
  const intern = (key: string, make: () => Shape): Pattern => {
    const known = table.get(key);
    if (known !== undefined) return known;
    const made = { ...make(), id: table.size } as Pattern;
    table.set(key, made);
    return made;
  };

  const empty = intern("empty", () => ({ kind: "empty", nullable: true }));
  const notAllowed = intern("not-allowed", () => ({ kind: "not-allowed", nullable: false }));
  const text = intern("text", () => ({ kind: "text", nullable: true }));

  /** Group or interleave: both vanish where a part is not allowed, and forget empty parts. */
  function all(kind: "group" | "interleave", parts: readonly Pattern[]): Pattern {
    if (parts.includes(notAllowed)) return notAllowed;
    const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part])).filter((part) => part !== empty);
    if (flat.length < 2) return flat[0] ?? empty;
    const nullable = flat.every((part) => part.nullable);
    const key = kind === "interleave" ? sortedIds(flat) : ids(flat);
    return intern(`${kind} ${key}`, () => ({ kind, parts: flat, nullable }));
  }

  return {
    empty,
    notAllowed,
    text,
    data: (datatype) => intern(datatype.key, () => ({ kind: "data", datatype, nullable: false })),
    element: (declaration) =>
      intern(`element ${declaration.id}`, () => ({ kind: "element", declaration, nullable: false })),
    attribute: (declaration) =>
      intern(`attribute ${declaration.id}`, () => ({ kind: "attribute", declaration, nullable: false })),
    choice(parts) {
      const flat = parts.flatMap((part) => (part.kind === "choice" ? part.parts : [part]));
      const unique = [...new Set(flat)].filter((part) => part !== notAllowed);
      // An empty alternative says nothing where another one may be empty as well.
      const kept = unique.filter(
        (part) => part !== empty || !unique.some((other) => other !== empty && other.nullable),
      );
      if (kept.length < 2) return kept[0] ?? notAllowed;
      const nullable = kept.some((part) => part.nullable);
      return intern(`choice ${sortedIds(kept)}`, () => ({ kind: "choice", parts: kept, nullable }));
    },
    group: (parts) => all("group", parts),
    interleave: (parts) => all("interleave", parts),
    oneOrMore(part) {
      if (part === empty || part === notAllowed || part === text || part.kind === "one-or-more") return part;
      return intern(`one-or-more ${part.id}`, () => ({ kind: "one-or-more", part, nullable: part.nullable }));
    },
    size: () => table.size,
  };
}

/** The same for all orders of the same parts, where their order says nothing; the parts keep that of the schema. */
function sortedIds(parts: readonly Pattern[]): string {
  return ids([...parts].sort((a, b) => a.id - b.id));
}

function ids(parts: readonly Pattern[]): string {
  return parts.map((part) => part.id).join(" ");
}
