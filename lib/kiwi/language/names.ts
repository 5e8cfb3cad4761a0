import { attributeOf, elementsOf, type XmlAttribute, type XmlElement } from "#lib/xml/tree.ts";
import type { DocumentRequest, TextRange } from "./contract.ts";
import type { Reader } from "./reading.ts";
import type { SourceDocument } from "./source-document.ts";

/** A place in the files of a description where a name of the author's own stands. */
export interface Mention extends TextRange {
  kind: "profile" | "repository";
  name: string;
  /** Here the name is given, not used. */
  declares: boolean;
  element: XmlElement;
}

/** The profiles and repositories that a file names, in the order of the text. */
export function mentionsIn(document: SourceDocument): Mention[] {
  const mentions: Mention[] = [];
  for (const element of elementsOf(document.children)) {
    const add = (kind: Mention["kind"], attribute: XmlAttribute | undefined, declares: boolean) => {
      if (attribute === undefined) return;
      for (const range of entriesOf(document.text, attribute)) {
        const name = document.text.slice(range.start, range.end);
        mentions.push({ kind, name, declares, element, ...range });
      }
    };
    add("profile", attributeOf(element, "profiles"), false);
    if (element.name === "profile" && element.parent?.name === "profiles") {
      add("profile", attributeOf(element, "name"), true);
    } else if (element.name === "requires") add("profile", attributeOf(element, "profile"), false);
    else if (element.name === "repository") add("repository", attributeOf(element, "alias"), true);
  }
  return mentions;
}

/** The name at an offset, its borders included. */
export function mentionAt(document: SourceDocument, offset: number): Mention | null {
  return mentionsIn(document).find(({ start, end }) => start <= offset && offset <= end) ?? null;
}

/** The entries of a list with commas, without the blanks around them. */
function entriesOf(text: string, { valueStart, valueEnd }: XmlAttribute): TextRange[] {
  const entries: TextRange[] = [];
  for (const { 0: entry, index } of text.slice(valueStart, valueEnd).matchAll(/[^,\s](?:[^,]*[^,\s])?/g)) {
    entries.push({ start: valueStart + index, end: valueStart + index + entry.length });
  }
  return entries;
}

/**
 * All files that share names with the asked one: the image files that it is part of, their fragments, the other image
 * files that include those, and so on. The asked file comes first.
 */
export function relatedDocuments(read: Reader, request: DocumentRequest): SourceDocument[] {
  const text = (path: string) => (path === request.path ? request.text : request.read(path));
  const found = new Map<string, SourceDocument>();
  const waiting = [request.path];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const known = text(path);
    if (found.has(path) || known === undefined) continue;
    const { document, contexts } = read({ ...request, path, text: known, read: text });
    found.set(path, document);
    for (const { main, fragments } of contexts) waiting.push(main.path, ...fragments.map((fragment) => fragment.path));
  }
  return [...found.values()];
}
