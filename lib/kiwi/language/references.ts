import type { DocumentRequest, Location, PositionRequest, TextRange } from "./contract.ts";
import { type Mention, mentionAt, mentionsIn, relatedDocuments } from "./names.ts";
import type { Reader } from "./reading.ts";

/** Everywhere in the description's files and scripts where the profile or repository at a place is named; null elsewhere. */
export function references(read: Reader, request: PositionRequest): Location[] | null {
  const wanted = mentionAt(read(request).document, request.offset);
  if (wanted === null) return null;
  return [...namedIn(read, request, wanted), ...scriptsNaming(request, wanted)];
}

/** The places in the description's files that name the same thing. */
export function namedIn(read: Reader, request: DocumentRequest, { kind, name }: Mention): (Location & Mention)[] {
  return relatedDocuments(read, request).flatMap((document) =>
    mentionsIn(document)
      .filter((mention) => mention.kind === kind && mention.name === name)
      .map((mention) => ({ ...mention, path: document.path })),
  );
}

/**
 * The places in scripts that seem to name the same thing. Scripts are free text: only whole words count, and those only
 * in scripts that deal with such things at all.
 */
export function scriptsNaming(request: DocumentRequest, { kind, name }: Mention): Location[] {
  const subject = kind === "profile" ? /profile/i : /repo/i;
  return (request.entries ?? []).flatMap((path) => {
    const text = path.endsWith(".sh") ? request.read(path) : undefined;
    return text !== undefined && subject.test(text) ? wordsIn(text, name).map((range) => ({ path, ...range })) : [];
  });
}

function wordsIn(text: string, word: string): TextRange[] {
  const isPart = (character: string | undefined) => character !== undefined && /[\w.+-]/.test(character);
  const found: TextRange[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    if (!isPart(text[at - 1]) && !isPart(text[at + word.length])) found.push({ start: at, end: at + word.length });
  }
  return found;
}
