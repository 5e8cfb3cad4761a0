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

/** A whole description, as rules look at it: the sections that KIWI reads, in their order, with what binds them. */
export interface Image {
  root: XmlElement;
  view: View;
  sections(name: string): readonly Bound[];
  types: readonly ImageType[];
  profiles: readonly Profile[];
  /** The elements of that name in sections of that name, bound as the section is. */
  within(section: string, name: string): readonly Bound[];
  /** What is listed in `<packages>`, by name. */
  packages: ReadonlyMap<string, readonly ListedPackage[]>;
  children(element: XmlElement, name: string): XmlElement[];
  attribute(element: XmlElement, name: string): XmlAttribute | undefined;
  value(element: XmlElement, name: string): string | undefined;
  /** The text of an element. */
  text(element: XmlElement): string;
}

export function readImage(root: XmlElement, view: View, kept?: Kept<ListedPackage>): Image {
  const sections = new Map<string, Bound[]>();
  const all = (element: XmlElement) =>
    view.children(element).filter((child): child is XmlElement => child.kind === "element");
  const children = (element: XmlElement, name: string) => all(element).filter((child) => child.name === name);
  const attribute = (element: XmlElement, name: string) => {
    for (const candidate of view.attributes(element)) if (candidate.name === name) return candidate;
    return undefined;
  };
  const value = (element: XmlElement, name: string) => attribute(element, name)?.value;
  const text = (element: XmlElement) => view.children(element).map(dataOf).join("");
  const names = (element: XmlElement, list: string) => value(element, list)?.split(",").filter(isSomething) ?? [];
  const bound = (element: XmlElement): Bound => ({
    element,
    profiles: names(element, "profiles"),
    arches: names(element, "arch"),
  });

  for (const child of all(root)) {
    const same = sections.get(child.name);
    if (same === undefined) sections.set(child.name, [bound(child)]);
    else same.push(bound(child));
  }
  const of = (name: string): readonly Bound[] => sections.get(name) ?? [];

  const inner = new Map<string, readonly Bound[]>();
  const within = (section: string, name: string) => {
    const key = `${section} ${name}`;
    const found =
      inner.get(key) ??
      of(section).flatMap((one) => children(one.element, name).map((element) => ({ ...one, element })));
    inner.set(key, found);
    return found;
  };

  const listed = (element: XmlElement, section: XmlElement): readonly ListedPackage[] => {
    if (section.name !== "packages" || !kinds.includes(element.name) || view.parent(element) !== section) return none;
    const name = (value(element, "name") ?? "").trim();
    const phase = value(section, "type") ?? "";
    return [{ element, name, phase, profiles: names(section, "profiles"), arches: names(element, "arch") }];
  };
  const packages = new Map<string, ListedPackage[]>();
  for (const one of readElements(root, view, listed, kept)) {
    const same = packages.get(one.name);
    if (same === undefined) packages.set(one.name, [one]);
    else same.push(one);
  }

  return {
    root,
    view,
    sections: of,
    types: within("preferences", "type").map((type) => ({ ...type, name: value(type.element, "image") ?? "" })),
    profiles: of("profiles").flatMap((section) =>
      children(section.element, "profile").map((element) => {
        const requiring = children(element, "requires");
        return {
          element,
          requiring,
          name: value(element, "name") ?? "",
          arch: value(element, "arch"),
          import: isTrue(value(element, "import")),
          requires: requiring.map((one) => ({ profile: value(one, "profile") ?? "", arch: value(one, "arch") })),
        };
      }),
    ),
    packages,
    within,
    children,
    attribute,
    value,
    text,
  };
}

const none: readonly ListedPackage[] = [];

/** The elements that ask for packages. */
const kinds = ["package", "namedCollection", "product", "ignore"];

/** A boolean as KIWI reads it; anything else fails when the description is loaded. */
export function isTrue(value: string | undefined): boolean {
  return value === "true" || value === "1";
}

const dataOf = (node: ReturnType<View["children"]>[number]) =>
  node.kind === "text" || node.kind === "cdata" ? node.value : "";

const isSomething = (_: string, __: number, list: readonly string[]) => list.length > 1 || list[0] !== "";
