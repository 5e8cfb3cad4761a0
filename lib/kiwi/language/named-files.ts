import { attributeOf, elementsOf, type XmlAttribute, type XmlElement } from "#lib/xml/tree.ts";
import { folderPath } from "./folder-path.ts";
import { includedPath } from "./includes.ts";
import type { SourceDocument } from "./source-document.ts";

/** An attribute that names something in the description's folder. */
export interface NamedFile {
  attribute: XmlAttribute;
  /** Relative to the folder; it need not be there. */
  path: string;
}

/** Attributes that name files, by element. */
const naming: ReadonlyMap<string, readonly string[]> = new Map([
  ["type", ["editbootconfig", "editbootinstall"]],
  ["bootloader", ["grub_template"]],
  ["archive", ["name"]],
  ["file", ["name"]],
  ["certificate", ["name"]],
  ["signing", ["key"]],
  ["source", ["path"]],
]);

/** Whether an attribute names a file that may lie in the folder. */
export function namesFile(element: XmlElement, attribute: string): boolean {
  if (element.name === "include") return attribute === "from";
  // <file> in <drivers> and <strip> is a name inside of the image.
  if (element.name === "file" && element.parent?.name !== "packages") return false;
  return naming.get(element.name)?.includes(attribute) ?? false;
}

/** All names of files that lie in the description's folder; `main` is the image file that the document belongs to. */
export function namedFiles(document: SourceDocument, main: string): NamedFile[] {
  const named: NamedFile[] = [];
  for (const element of elementsOf(document.children)) {
    if (element.name === "include") {
      const attribute = attributeOf(element, "from");
      const path = includedPath(element, main);
      if (attribute !== undefined && path !== null) named.push({ attribute, path });
      continue;
    }
    for (const name of naming.get(element.name) ?? []) {
      if (!namesFile(element, name)) continue;
      const attribute = attributeOf(element, name);
      const path = attribute === undefined ? null : pathOf(element, attribute.value);
      if (attribute !== undefined && path !== null) named.push({ attribute, path });
    }
  }
  return named;
}

/** Where KIWI looks for such a file, if that is in the folder. */
function pathOf(element: XmlElement, value: string): string | null {
  const inFolder = /^this:(?:\/\/)?/.exec(value)?.[0];
  // Addresses of repositories and keys are no paths unless they say so.
  if (inFolder === undefined && (element.name === "source" || element.name === "signing")) return null;
  const plain = value.slice(inFolder?.length ?? 0);
  if (plain === "" || plain.startsWith("/") || /^[a-z][a-z0-9+.-]*:/i.test(plain)) return null;
  return folderPath(plain) || null;
}

/** The scripts that KIWI runs by their names, in the order in which it does. */
export const hookScripts = [
  "post_bootstrap.sh",
  "config.sh",
  "config-overlay.sh",
  "config-host-overlay.sh",
  "images.sh",
  "pre_disk_sync.sh",
  "disk.sh",
] as const;

/** What of a folder becomes part of the image without being named: overlays and scripts. */
export function unnamedParts(entries: readonly string[]): string[] {
  const there = new Set(entries);
  const scripts = hookScripts.filter((name) => there.has(name));
  const overlay = ["root/", "root.tar.gz"].find((name) => there.has(name));
  const cdroot = entries.find((path) => /^config-cdroot\.tar[^/]*$/.test(path));
  return [...scripts, ...[overlay, cdroot].filter((path) => path !== undefined)];
}
