import { attributeOf, childElements, textOf, type XmlElement } from "#lib/xml/tree.ts";
import type { OutlineItem } from "./contract.ts";
import type { SourceDocument } from "./source-document.ts";

/** Longer names and details are cut: they are read at a glance. */
const longest = 60;

/** Deeper than any description; what lies below is not listed. */
const deepest = 50;

/** The elements of a file under the names that people know them by: "type oem", "packages image (12)", "profile Live". */
export function outline(document: SourceDocument): OutlineItem[] {
  const roots: OutlineItem[] = [];
  const pending = childElements(document).map((element) => ({ element, into: roots, depth: 1 }));
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { element, into, depth } = next;
    const children: OutlineItem[] = [];
    const { start, end } = element;
    // An item of a list has no name of its own; something of it has to stand for it.
    const item = document.data?.items.get(element);
    const [nameStart, nameEnd] = item === undefined ? [element.nameStart, element.nameEnd] : [item.start, item.end];
    const detail = detailOf(element);
    into.push({
      name: nameOf(element),
      element: element.name,
      start,
      end,
      nameStart,
      nameEnd,
      children,
      ...(detail === "" ? {} : { detail }),
    });
    if (depth === deepest) continue;
    for (const child of childElements(element)) pending.push({ element: child, into: children, depth: depth + 1 });
  }
  sortByPlace(roots);
  return roots;
}

/** What stands at an offset, outermost first. */
export function outlinePath(items: readonly OutlineItem[], offset: number): OutlineItem[] {
  const path: OutlineItem[] = [];
  for (let level = items; ; ) {
    const inside = level.find(({ start, end }) => start <= offset && offset < end);
    if (inside === undefined) return path;
    path.push(inside);
    level = inside.children;
  }
}

/** Children were met last first. */
function sortByPlace(roots: OutlineItem[]): void {
  const pending = [roots];
  for (let items = pending.pop(); items !== undefined; items = pending.pop()) {
    items.sort((a, b) => a.start - b.start);
    for (const { children } of items) if (children.length > 0) pending.push(children);
  }
}

/** The attribute that tells elements of a name apart. */
const telling: ReadonlyMap<string, string> = new Map(
  Object.entries({
    type: "image",
    packages: "type",
    include: "from",
    requires: "profile",
    source: "path",
    description: "type",
    bootloader: "name",
    partition: "name",
    volume: "name",
  }),
);

/** Elements that hold lists, whose length is worth knowing. */
const lists: ReadonlySet<string> = new Set(["packages", "profiles", "users", "systemdisk", "partitions", "drivers"]);

function nameOf(element: XmlElement): string {
  const parts = [element.name];
  const own = ownName(element);
  if (own !== "") parts.push(shortened(own));
  if (lists.has(element.name)) parts.push(`(${childElements(element).length})`);
  return parts.join(" ");
}

function ownName(element: XmlElement): string {
  if (element.name === "repository") {
    const source = childElements(element).find(({ name }) => name === "source");
    return attributeOf(element, "alias")?.value || (source && attributeOf(source, "path")?.value) || "";
  }
  const attribute = attributeOf(element, telling.get(element.name) ?? "name");
  if (attribute !== undefined) return attribute.value;
  return childElements(element).length === 0 ? textOf(element).replace(/\s+/g, " ").trim() : "";
}

/** What binds an element to some builds only, and the file system of a type. */
function detailOf(element: XmlElement): string {
  const value = (name: string) => attributeOf(element, name)?.value.trim() ?? "";
  const parts = element.name === "type" ? [value("filesystem"), value("format")] : [];
  parts.push(value("profiles").replaceAll(",", ", "), value("arch").replaceAll(",", ", "));
  return shortened(parts.filter((part) => part !== "").join(" · "));
}

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
