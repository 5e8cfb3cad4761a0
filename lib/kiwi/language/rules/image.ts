import type { DeclaredProfile } from "#lib/kiwi/description/profiles.ts";
import type { View } from "#lib/relaxng/view.ts";
import type { XmlAttribute, XmlElement } from "#lib/xml/tree.ts";
import { type Kept, readElements } from "./kept.ts";

/** What binds a section, or an element in it, to builds. Empty = it is in all of them. */
export interface Bound {
  element: XmlElement;
  /** Names as KIWI reads them: cut at commas, blanks and all. */
  profiles: readonly string[];
  arches: readonly string[];
}

/** One `<type>`, bound as the `<preferences>` around it is. */
export interface ImageType extends Bound {
  /** The value of `image=`. */
  name: string;
}

export interface Profile extends DeclaredProfile {
  element: XmlElement;
  /** The `<requires>` elements, in the order of `requires`. */
  requiring: readonly XmlElement[];
}

/** One entry of a `<packages>` section that asks for packages; `profiles` are those of the section. */
export interface ListedPackage extends Bound {
  name: string;
  /** The type of the section, for example `bootstrap`. */
  phase: string;
}

/** The sections that KIWI reads, in their order, with what binds them. */
export interface Parts {
  sections(name: string): readonly Bound[];
  types: readonly ImageType[];
  profiles: readonly Profile[];
  /** The elements of that name in sections of that name, bound as the section is. Not for packages. */
  within(section: string, name: string): readonly Bound[];
  /** What is listed in `<packages>`, by name. */
  packages: ReadonlyMap<string, readonly ListedPackage[]>;
}

/** A whole description, as rules look at it. */
export interface Image extends Parts {
  root: XmlElement;
  view: View;
  /** The same object as in the last reading where nothing but texts of `<description>` and insides of types changed. */
  parts: Parts;
  children(element: XmlElement, name: string): XmlElement[];
  attribute(element: XmlElement, name: string): XmlAttribute | undefined;
  value(element: XmlElement, name: string): string | undefined;
  /** The text of an element. */
  text(element: XmlElement): string;
}

/** What is read of one element. */
export type Piece =
  | { kind: "section"; piece: Bound }
  /** A child of a section that lists no packages. */
  | { kind: "inner"; piece: Bound & { section: string } }
  | { kind: "type"; piece: ImageType }
  | { kind: "profile"; piece: Profile }
  | { kind: "package"; piece: ListedPackage };

/** What earlier readings of a description found. */
export interface KeptImage {
  pieces: Kept<Piece>;
  /** By root. */
  parts: WeakMap<XmlElement, { parts: Parts; pieces: readonly Piece[] }>;
}

/** Reads a description; what has not changed since the last time is not read again, be it only a part or all of it. */
export function readImage(root: XmlElement, view: View, kept?: KeptImage): Image {
  const children = (element: XmlElement, name: string) => {
    const found: XmlElement[] = [];
    for (const child of view.children(element)) if (child.kind === "element" && child.name === name) found.push(child);
    return found;
  };
  const attribute = (element: XmlElement, name: string) => {
    for (const candidate of view.attributes(element)) if (candidate.name === name) return candidate;
    return undefined;
  };
  const value = (element: XmlElement, name: string) => attribute(element, name)?.value;
  const text = (element: XmlElement) => view.children(element).map(dataOf).join("");
  const names = (element: XmlElement, list: string) => value(element, list)?.split(",").filter(isSomething) ?? [];

  let last: Bound | undefined;
  const boundOf = (section: XmlElement): Bound => {
    if (last?.element !== section)
      last = { element: section, profiles: names(section, "profiles"), arches: names(section, "arch") };
    return last;
  };
  /** What an element is to a description; `section` is the child of the root that holds it. */
  const read = (element: XmlElement, section: XmlElement): readonly Piece[] => {
    if (element === section) return [{ kind: "section", piece: boundOf(section) }];
    if (view.parent(element) !== section) return none;
    const bound = { ...boundOf(section), element };
    if (section.name === "packages") {
      if (!kinds.includes(element.name)) return none;
      const name = (value(element, "name") ?? "").trim();
      const phase = value(section, "type") ?? "";
      return [{ kind: "package", piece: { ...bound, name, phase, arches: names(element, "arch") } }];
    }
    const inner: Piece = { kind: "inner", piece: { ...bound, section: section.name } };
    if (section.name === "preferences" && element.name === "type")
      return [inner, { kind: "type", piece: { ...bound, name: value(element, "image") ?? "" } }];
    if (section.name === "profiles" && element.name === "profile")
      return [inner, { kind: "profile", piece: profileOf(element) }];
    return [inner];
  };
  const profileOf = (element: XmlElement): Profile => {
    const requiring = children(element, "requires");
    return {
      element,
      requiring,
      name: value(element, "name") ?? "",
      arch: value(element, "arch"),
      import: isTrue(value(element, "import")),
      requires: requiring.map((one) => ({ profile: value(one, "profile") ?? "", arch: value(one, "arch") })),
    };
  };

  const pieces = readElements(root, view, read, kept?.pieces);
  const known = kept?.parts.get(root);
  const parts = known !== undefined && areAlike(known.pieces, pieces) ? known.parts : partsOf(pieces);
  kept?.parts.set(root, { parts, pieces });
  return { ...parts, root, view, parts, children, attribute, value, text };
}

function partsOf(pieces: readonly Piece[]): Parts {
  const sections = new Map<string, Bound[]>();
  const inner = new Map<string, Map<string, Bound[]>>();
  const packages = new Map<string, ListedPackage[]>();
  const types: ImageType[] = [];
  const profiles: Profile[] = [];
  for (const { kind, piece } of pieces) {
    if (kind === "package") addTo(packages, piece.name, piece);
    else if (kind === "profile") profiles.push(piece);
    else if (kind === "type") types.push(piece);
    else if (kind === "section") addTo(sections, piece.element.name, piece);
    else {
      const inside = inner.get(piece.section) ?? new Map<string, Bound[]>();
      inner.set(piece.section, inside);
      addTo(inside, piece.element.name, piece);
    }
  }
  return {
    sections: (name) => sections.get(name) ?? [],
    types,
    profiles,
    packages,
    within: (section, name) => inner.get(section)?.get(name) ?? [],
  };
}

/** Whether pieces say the same. Few of them are other objects than before. */
function areAlike(before: readonly Piece[], after: readonly Piece[]): boolean {
  if (before.length !== after.length) return false;
  return after.every((one, i) => one === before[i] || isAlike(one, before[i]));
}

/** What is inside of most elements counts as well; of these it is another piece, or rules look at it there. */
function isAlike(one: Piece, other: Piece | undefined): boolean {
  const { kind, piece } = one;
  if (other === undefined || kind === "profile" || piece.element !== other.piece.element) return false;
  const { name } = piece.element;
  if (kind === "section" && !["description", "preferences", "packages"].includes(name)) return false;
  if (kind === "inner" && piece.section !== "description" && name !== "type") return false;
  return sayings(one) === sayings(other);
}

/** All but its element, which refers to all others. */
function sayings({ kind, piece }: Piece): string {
  return JSON.stringify([kind, { ...piece, element: undefined }]);
}

const none: readonly Piece[] = [];

function addTo<T>(lists: Map<string, T[]>, name: string, one: T): void {
  const same = lists.get(name);
  if (same === undefined) lists.set(name, [one]);
  else same.push(one);
}

/** The elements that ask for packages. */
const kinds = ["package", "namedCollection", "product", "ignore"];

/** A boolean as KIWI reads it; anything else fails when the description is loaded. */
export function isTrue(value: string | undefined): boolean {
  return value === "true" || value === "1";
}

const dataOf = (node: ReturnType<View["children"]>[number]) =>
  node.kind === "text" || node.kind === "cdata" ? node.value : "";

const isSomething = (_: string, __: number, list: readonly string[]) => list.length > 1 || list[0] !== "";
