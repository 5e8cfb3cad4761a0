import { attributeOf, childElements, elementsOf, type XmlElement } from "#lib/xml/tree.ts";
import type { DocumentRequest, Lens } from "./contract.ts";
import { unnamedParts } from "./named-files.ts";
import { mentionsIn, relatedDocuments } from "./names.ts";
import type { Reader } from "./reading.ts";

/** What is worth saying above elements of a file: what else belongs to an image, what a list holds, who uses a profile. */
export function lenses(read: Reader, request: DocumentRequest): Lens[] {
  const related = relatedDocuments(read, request);
  const { document, contexts } = read(request);
  const uses = new Map<string, number>();
  for (const { kind, name, declares } of related.flatMap(mentionsIn)) {
    if (kind === "profile" && !declares) uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  const isMain = contexts.some(({ main }) => main === document);

  return [...elementsOf(document.children)].flatMap((element): Lens[] => {
    const { start } = element;
    if (element.name === "image" && element.parent === null && isMain) {
      const paths = unnamedParts(request.entries ?? []);
      return paths.length === 0 ? [] : [{ kind: "image", start, paths }];
    }
    if (element.name === "type" && element.parent?.name === "preferences") {
      const image = attributeOf(element, "image")?.value;
      return image === undefined ? [] : [{ kind: "type", start, image, profiles: profilesOf(element.parent) }];
    }
    if (element.name === "packages") return [{ kind: "packages", start, ...contentsOf(element) }];
    const name =
      element.name === "profile" && element.parent?.name === "profiles" ? attributeOf(element, "name") : undefined;
    return name === undefined
      ? []
      : [{ kind: "profile", start, name: name.valueStart, uses: uses.get(name.value) ?? 0 }];
  });
}

const profilesOf = (element: XmlElement) =>
  (attributeOf(element, "profiles")?.value ?? "").split(",").filter((name) => name !== "");

/** What lists are counted by; a misspelt name is a problem, and no kind of its own. */
const listed: ReadonlySet<string> = new Set([
  "package",
  "namedCollection",
  "collectionModule",
  "product",
  "archive",
  "ignore",
  "file",
]);

/** How many packages, patterns and so on a list holds, and which of them it names again. */
function contentsOf(packages: XmlElement): Pick<Lens & { kind: "packages" }, "counts" | "repeated"> {
  const counts: Record<string, number> = {};
  const seen = new Set<string>();
  const repeated: number[] = [];
  for (const element of childElements(packages).filter(({ name }) => listed.has(name))) {
    counts[element.name] = (counts[element.name] ?? 0) + 1;
    const key = [element.name, attributeOf(element, "name")?.value, attributeOf(element, "arch")?.value].join("\n");
    if (seen.has(key)) repeated.push(element.start);
    seen.add(key);
  }
  return { counts, repeated };
}
