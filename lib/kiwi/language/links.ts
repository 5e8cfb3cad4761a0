import { attributeOf, elementsOf } from "#lib/xml/tree.ts";
import type { Link } from "./contract.ts";
import { entryOf } from "./definition.ts";
import { namedFiles } from "./named-files.ts";
import type { Reading } from "./reading.ts";

/** What can be followed from a file: other files of the folder, and pages about repositories. */
export function links({ request, document, contexts }: Reading): Link[] {
  const found = new Map<number, Link>();
  for (const { main } of contexts) {
    for (const { attribute, path } of namedFiles(document, main.path)) {
      const entry = entryOf(request, path);
      if (entry === null) continue;
      const { valueStart: start, valueEnd: end } = attribute;
      found.set(start, { start, end, path: entry });
    }
  }
  for (const element of elementsOf(document.children)) {
    const attribute = attributeOf(element, element.name === "signing" ? "key" : "path");
    if (attribute === undefined || (element.name !== "source" && element.name !== "signing")) continue;
    const url = addressOf(attribute.value);
    const { valueStart: start, valueEnd: end } = attribute;
    if (url !== null) found.set(start, { start, end, url });
  }
  return [...found.values()].sort((a, b) => a.start - b.start);
}

/** The page that shows what KIWI takes packages from; projects of the Open Build Service have one of their own. */
function addressOf(value: string): string | null {
  const project = /^obs:\/\/([\w:.+-]+)(?:\/[\w.+-]*)?\/?$/.exec(value)?.[1];
  if (project !== undefined) return `https://build.opensuse.org/project/show/${project}`;
  // Variables such as $releasever are filled in by the package manager.
  return /^https?:\/\/[^\s$]+$/.test(value) ? value : null;
}
