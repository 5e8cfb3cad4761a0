import { attributeOf, elementsOf, type XmlElement } from "#lib/xml/tree.ts";
import { namesFile } from "./named-files.ts";
import type { Reading } from "./reading.ts";

/** Names of things that are mostly written more than once: in other sections, for other profiles. */
const repeated: ReadonlySet<string> = new Set(["package", "ignore", "namedCollection", "product"]);

const archive = /\.(?:tar(?:\.\w+)?|t[bgx]z2?)$/i;
const fragment = /\.(?:xml|kiwi)$/i;

/**
 * What an attribute may name of the description and its folder: packages that it names elsewhere, and files. A file
 * is named as KIWI finds it: `this://` where addresses are expected, else relative to the folder.
 */
export function knownNames(reading: Reading, element: XmlElement, attribute: string): string[] {
  if (attribute === "name" && repeated.has(element.name)) return namesElsewhere(reading, element);
  if (!namesFile(element, attribute)) return [];
  const { request, document } = reading;
  // A name with a blank would be no address, and in a list two names.
  const files = (request.entries ?? []).filter(
    (path) => !path.startsWith("root/") && path !== document.path && !/\s/.test(path),
  );
  switch (element.name) {
    case "include":
      return files
        .filter((path) => fragment.test(path) && !request.mains.includes(path))
        .map((path) => `this://${path}`);
    case "signing":
      return plainFiles(files).map((path) => `this://${path}`);
    case "source":
      return files.filter((path) => path.endsWith("/")).map((path) => `this://${path.slice(0, -1)}`);
    case "archive":
      return files.filter((path) => archive.test(path));
    default:
      return plainFiles(files);
  }
}

function plainFiles(entries: readonly string[]): string[] {
  return entries.filter((path) => !path.endsWith("/"));
}

/** Of packages those that the section does not have yet: twice in one section helps nobody. */
function namesElsewhere({ contexts: [composition] }: Reading, element: XmlElement): string[] {
  const here = new Set<string>();
  const elsewhere = new Set<string>();
  for (const { children } of [composition.main, ...composition.fragments]) {
    for (const other of elementsOf(children)) {
      if (other === element || !repeated.has(other.name)) continue;
      const name = attributeOf(other, "name")?.value ?? "";
      if (other.name !== element.name && !(element.name === "ignore" && other.name === "package")) continue;
      (other.parent === element.parent ? here : elsewhere).add(name);
    }
  }
  return [...elsewhere].filter((name) => name !== "" && !here.has(name)).sort();
}
