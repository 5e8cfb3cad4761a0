import type { DocumentRequest } from "./contract.ts";
import { type Composition, compose, includedPath, includesOf } from "./includes.ts";
import { readSource, rereadSource, type SourceDocument } from "./source-document.ts";

/** A file of a description, parsed, and the descriptions that it is part of. */
export interface Reading {
  readonly request: DocumentRequest;
  readonly document: SourceDocument;
  /**
   * The image files in whose context the document stands, with all that they include: itself alone if it is one, else
   * those that include it, else, where nobody does, itself. Never empty.
   */
  readonly contexts: readonly [Composition, ...Composition[]];
}

/**
 * Reads what a request asks about. What has not changed since the last request is not parsed again; so a reading, and
 * every node in it, may be kept until the next request is read, and no longer.
 */
export type Reader = (request: DocumentRequest) => Reading;

/** Parsed files that are kept: more than a description has, fewer than a command line may name. */
const maxKept = 200;

/** A composition with what it was made of: it holds as long as each path still leads to the same document. */
interface Composed {
  composition: Composition;
  opened: ReadonlyMap<string, SourceDocument | null>;
}

export function createReader({ xmlThroughMarkup }: { xmlThroughMarkup: boolean }): Reader {
  const documents = new Map<string, SourceDocument>();
  const compositions = new WeakMap<SourceDocument, Composed>();

  function source(path: string, text: string): SourceDocument {
    const known = documents.get(path);
    const document = known === undefined ? readSource(path, text) : rereadSource(known, text);
    // The latest stands last, so that the first is the one to forget.
    documents.delete(path);
    documents.set(path, document);
    if (documents.size > maxKept) documents.delete(documents.keys().next().value ?? path);
    return document;
  }

  function composed(main: SourceDocument, open: (path: string) => SourceDocument | null): Composition {
    const known = compositions.get(main);
    if (known !== undefined && [...known.opened].every(([path, document]) => open(path) === document)) {
      return known.composition;
    }
    const opened = new Map<string, SourceDocument | null>();
    const opening = (path: string) => {
      const document = open(path);
      opened.set(path, document);
      return document;
    };
    const composition = compose(main, opening, xmlThroughMarkup);
    compositions.set(main, { composition, opened });
    return composition;
  }

  return (request) => {
    const document = source(request.path, request.text);
    const open = (path: string) => {
      if (path === request.path) return document;
      const text = request.read(path);
      return text === undefined ? null : source(path, text);
    };
    const [first = document, ...others] = mainsOf(document, request.mains, open);
    return {
      request,
      document,
      contexts: [composed(first, open), ...others.map((main) => composed(main, open))],
    };
  };
}

/** The image files that the document belongs to, itself left out where it is none; empty where it stands alone. */
function mainsOf(
  document: SourceDocument,
  mains: readonly string[],
  open: (path: string) => SourceDocument | null,
): SourceDocument[] {
  if (mains.includes(document.path)) return [document];
  return mains.flatMap((path) => {
    const main = open(path);
    if (main === null) return [];
    return includesOf(main).some((include) => includedPath(include, path) === document.path) ? [main] : [];
  });
}
