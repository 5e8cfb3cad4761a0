import { nearest } from "#lib/relaxng/did-you-mean.ts";
import { removeAttributes, setAttribute } from "#lib/xml/edit/attributes.ts";
import { moveElements, removeElement, renameElement } from "#lib/xml/edit/elements.ts";
import { elementsOf } from "#lib/xml/tree.ts";
import type { KnownPackages } from "../contract.ts";
import { type Candidate, type Fault, inFile } from "./fault.ts";

/** A fault, and what the folder holds. */
export interface FolderFault extends Fault {
  /** All that lies in the description's folder; a folder's path ends with a slash. */
  entries: readonly string[];
  /** What the repositories have; absent = not known. */
  packages?: KnownPackages | undefined;
}

/** Ways to end what is wrong with includes. */
export function includeFixes(fault: FolderFault): Candidate[] {
  const { element, document, problem, entries } = fault;
  if (element === null) return [];
  const candidates: Candidate[] = [];
  const from = element.attributes.find(({ name }) => name === "from");
  const to = (path: string, title = `Include ${path}`) => {
    const edits = setAttribute(document, element, "from", `this://${path}`);
    candidates.push({ title, action: "change-include", edits: inFile(document, edits) });
  };
  if (element.name === "include" && from !== undefined) {
    const plain = from.value.replace(/^[a-z]+:\/*/i, "").replace(/^\/+/, "");
    const there = entries.filter((path) => path.endsWith(".xml") && path !== document.path);
    const named = there.filter((path) => path.split("/").at(-1) === plain.split("/").at(-1));
    const near = nearest(plain, there);
    if (problem.code === "relative-include") to(from.value, "Write this:// before it");
    else for (const path of new Set([...(near === null ? [] : [near]), ...named])) to(path);
  }
  if (problem.code === "include-without-image") {
    const edits = renameElement(document, element, "image");
    candidates.push({ title: "Rename the root to <image>", action: "rename-element", edits: inFile(document, edits) });
  }
  if (problem.code === "nested-include") candidates.push(...intoMain(fault, element));
  if (element.name === "include") {
    const edits = removeElement(document, element);
    candidates.push({ title: "Remove the include", action: "remove-element", edits: inFile(document, edits) });
  }
  return candidates;
}

/** KIWI follows includes of the image file only. */
function intoMain({ composition, document }: Fault, element: NonNullable<Fault["element"]>): Candidate[] {
  const { main } = composition;
  if (main.root === null || main === document) return [];
  const beside = [...elementsOf(main.children)].find(({ name }) => name === "include");
  const place = beside === undefined ? "first" : { after: beside };
  const { source, target } = moveElements(document, [element], main, main.root, place);
  const edits = [...inFile(document, source), ...inFile(main, target)];
  return [{ title: `Move it to ${main.path}`, action: "move-include", edits }];
}

/** Ways to end what is wrong with the schema version, besides the upgrade. */
export function versionFixes({ problem, document, element, attribute, newest }: Fault): Candidate[] {
  if (element === null || newest === null) return [];
  const wrong = ["missing-schemaversion", "new-schemaversion", "old-schemaversion"];
  if (wrong.includes(problem.code)) {
    const edits = setAttribute(document, element, "schemaversion", newest);
    const title = `Set schemaversion="${newest}" and change nothing else`;
    return [{ title, action: "set-version", edits: inFile(document, edits) }];
  }
  if (problem.code === "attribute-dropped" && attribute !== null) {
    const edits = removeAttributes(document, element, [attribute]);
    const title = `Remove the attribute "${attribute.name}"`;
    return [{ title, action: "remove-attribute", edits: inFile(document, edits) }];
  }
  if (problem.code === "element-dropped") {
    const edits = removeElement(document, element);
    return [{ title: `Remove <${element.name}>`, action: "remove-element", edits: inFile(document, edits) }];
  }
  return [];
}
