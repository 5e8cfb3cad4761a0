import { insertChildren, removeElement } from "#lib/xml/edit/elements.ts";
import type { TextEdit } from "#lib/xml/edit/text-edit.ts";
import type { NewElement } from "#lib/xml/edit/write.ts";
import { attributeOf, childElements, type XmlElement } from "#lib/xml/tree.ts";
import type { FileEdit } from "../contract.ts";
import type { Composition } from "../includes.ts";
import type { SourceDocument } from "../source-document.ts";
import { type ItemKind, itemKinds } from "./item-kinds.ts";

/** The `<packages>` sections of a description as a form, and what the form changes as edits of the author's text. */

/** Where an element stands; it names the element until the text changes. */
export interface ElementPlace {
  path: string;
  start: number;
}

export interface PackageItem extends ElementPlace {
  kind: ItemKind;
  name: string;
  /** As written, with commas; "" = every architecture. */
  architecture: string;
  line: number;
}

export interface PackageSection extends ElementPlace {
  /** `image`, `bootstrap`, `delete`, `uninstall` or an image type. */
  type: string;
  /** As written, with commas; "" = every profile. */
  profiles: string;
  line: number;
  items: PackageItem[];
}

export type PackageChange =
  | { kind: "add"; section: ElementPlace; item: ItemKind; names: readonly string[] }
  | { kind: "remove"; items: readonly ElementPlace[] }
  | { kind: "add-section"; type: string; profiles: string; names: readonly string[] };

/** The sections, those of fragments in the place where they are included; null where the description is no XML. */
export function packageSections(composition: Composition): PackageSection[] | null {
  const { main, view } = composition;
  if (main.format !== "xml" || main.root?.name !== "image") return null;
  return sectionsOf(composition).map((section) => {
    const document = composition.documentOf(section);
    return {
      ...placeIn(document, section),
      type: attributeOf(section, "type")?.value ?? "",
      profiles: attributeOf(section, "profiles")?.value ?? "",
      items: view.children(section).flatMap((child) => (child.kind === "element" ? itemOf(document, child) : [])),
    };
  });
}

function sectionsOf({ main, view }: Composition): XmlElement[] {
  if (main.root === null) return [];
  return view
    .children(main.root)
    .filter((child): child is XmlElement => child.kind === "element" && child.name === "packages");
}

function itemOf(document: SourceDocument, element: XmlElement): PackageItem[] {
  const kind = itemKinds.find((one) => one === element.name);
  const name = attributeOf(element, "name")?.value;
  if (kind === undefined || name === undefined) return [];
  return [{ ...placeIn(document, element), kind, name, architecture: attributeOf(element, "arch")?.value ?? "" }];
}

function placeIn({ path, lines }: SourceDocument, { start }: XmlElement) {
  return { path, start, line: lines.position(start).line };
}

/**
 * The edits that make a change, in the files that hold what is changed. Names that a section has already are not added
 * again. What the change speaks of and is not there any more is left alone.
 */
export function changePackages(composition: Composition, change: PackageChange): FileEdit[] {
  switch (change.kind) {
    case "add": {
      const section = sectionsOf(composition).find((one) => isAt(composition, one, change.section));
      if (section === undefined) return [];
      const document = composition.documentOf(section);
      return inFile(document, addItems(document, section, change.item, change.names));
    }
    case "remove":
      return sectionsOf(composition).flatMap((section) => {
        const document = composition.documentOf(section);
        const items = childElements(section).filter((item) =>
          change.items.some((one) => isAt(composition, item, one, document)),
        );
        return inFile(
          document,
          items.flatMap((item) => removeElement(document, item)),
        );
      });
    case "add-section":
      return inFile(composition.main, addSection(composition, change));
  }
}

function isAt(
  composition: Composition,
  element: XmlElement,
  { path, start }: ElementPlace,
  document = composition.documentOf(element),
): boolean {
  return element.start === start && document.path === path;
}

function addItems(document: SourceDocument, section: XmlElement, kind: ItemKind, names: readonly string[]): TextEdit[] {
  const alike = childElements(section).filter(({ name }) => name === kind);
  const known = new Set(alike.map((item) => attributeOf(item, "name")?.value));
  const added = [...new Set(names)].filter((name) => !known.has(name));
  if (added.length === 0) return [];
  const last = alike.at(-1);
  return insertChildren(
    document,
    section,
    added.map((name) => itemNamed(kind, name)),
    last ? { after: last } : "last",
  );
}

const itemNamed = (kind: ItemKind, name: string): NewElement => ({ name: kind, attributes: [["name", name]] });

/** A new section stands behind the last one of the image file. */
function addSection(
  { main }: Composition,
  { type, profiles, names }: Extract<PackageChange, { kind: "add-section" }>,
): TextEdit[] {
  if (main.root === null) return [];
  const attributes: [string, string][] = [["type", type]];
  if (profiles !== "") attributes.push(["profiles", profiles]);
  const children = [...new Set(names)].map((name) => itemNamed("package", name));
  const last = childElements(main.root)
    .filter(({ name }) => name === "packages")
    .at(-1);
  return insertChildren(main, main.root, [{ name: "packages", attributes, children }], last ? { after: last } : "last");
}

function inFile({ path }: SourceDocument, edits: readonly TextEdit[]): FileEdit[] {
  return edits.map((edit) => ({ ...edit, path }));
}
