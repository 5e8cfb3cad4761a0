import type { DeclaredProfile } from "#lib/kiwi/description/profiles.ts";
import type { View } from "#lib/relaxng/view.ts";
import type { XmlAttribute, XmlElement } from "#lib/xml/tree.ts";

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

/** One entry of a `<packages>` section; `profiles` are those of the section. */
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
  /** The `<package>` elements of that name. */
  packages(name: string): readonly ListedPackage[];
  children(element: XmlElement, name: string): XmlElement[];
  all(element: XmlElement): XmlElement[];
  attribute(element: XmlElement, name: string): XmlAttribute | undefined;
  value(element: XmlElement, name: string): string | undefined;
  /** The text of an element. */
  text(element: XmlElement): string;
}

export function readImage(root: XmlElement, view: View): Image {
  const sections = new Map<string, Bound[]>();
  const all = (element: XmlElement) =>
    view.children(element).filter((child): child is XmlElement => child.kind === "element");
  const children = (element: XmlElement, name: string) => all(element).filter((child) => child.name === name);
  const attribute = (element: XmlElement, name: string) =>
    view.attributes(element).find((candidate) => candidate.name === name);
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

  let packages: Map<string, ListedPackage[]> | undefined;
  const readPackages = () => {
    const found = new Map<string, ListedPackage[]>();
    for (const { element: section, profiles } of of("packages")) {
      const phase = value(section, "type") ?? "";
      for (const element of children(section, "package")) {
        const name = (value(element, "name") ?? "").trim();
        const list = found.get(name);
        const listed = { element, name, phase, profiles, arches: names(element, "arch") };
        if (list === undefined) found.set(name, [listed]);
        else list.push(listed);
      }
    }
    return found;
  };

  return {
    root,
    view,
    sections: of,
    types: of("preferences").flatMap((section) =>
      children(section.element, "type").map((element) => ({
        ...section,
        element,
        name: value(element, "image") ?? "",
      })),
    ),
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
    packages(name) {
      packages ??= readPackages();
      return packages.get(name) ?? [];
    },
    children,
    all,
    attribute,
    value,
    text,
  };
}

/** A boolean as KIWI reads it; anything else fails when the description is loaded. */
export function isTrue(value: string | undefined): boolean {
  return value === "true" || value === "1";
}

const dataOf = (node: ReturnType<View["children"]>[number]) =>
  node.kind === "text" || node.kind === "cdata" ? node.value : "";

const isSomething = (_: string, __: number, list: readonly string[]) => list.length > 1 || list[0] !== "";
