import type { Definition, DocumentRequest, Location, PositionRequest, TextRange } from "./contract.ts";
import { cursorAt } from "./cursor.ts";
import { namedFiles, unnamedParts } from "./named-files.ts";
import { mentionAt } from "./names.ts";
import type { Reader } from "./reading.ts";
import { namedIn } from "./references.ts";

/** What the thing at a place stands for: a file, the declaration of a profile, or the scripts and overlays of an image. */
export function definition(read: Reader, request: PositionRequest): Definition | null {
  const { document, contexts } = read(request);
  const { offset } = request;
  const mains = contexts.map(({ main }) => main.path);

  const files = mains
    .flatMap((main) => namedFiles(document, main))
    .filter(({ attribute }) => attribute.valueStart <= offset && offset <= attribute.valueEnd);
  const place = files[0]?.attribute;
  if (place !== undefined) {
    const paths = [...new Set(files.map(({ path }) => entryOf(request, path)))];
    return found({ start: place.valueStart, end: place.valueEnd }, paths.flatMap(asLocation));
  }

  const mention = mentionAt(document, offset);
  if (mention !== null) {
    const targets: Location[] = namedIn(read, request, mention)
      .filter(({ declares }) => declares)
      .map(({ path, start, end }) => ({ path, start, end }));
    // Who stands at the declaration already wants to see what hangs on it.
    const overlay = mention.declares && mention.kind === "profile" ? `${mention.name}/` : null;
    if (overlay !== null && request.entries?.includes(overlay)) targets.unshift(...asLocation(overlay));
    return found(mention, targets);
  }

  const cursor = cursorAt(document, offset);
  const isImage = cursor.kind === "element-name" && cursor.parent === null && mains.includes(request.path);
  return isImage ? found(cursor, unnamedParts(request.entries ?? []).flatMap(asLocation)) : null;
}

function found({ start, end }: TextRange, targets: Location[]): Definition | null {
  return targets.length === 0 ? null : { start, end, targets };
}

/** A path as the folder knows it, folders with their slash; null where nothing is there. */
export function entryOf({ entries, read }: DocumentRequest, path: string): string | null {
  if (entries === undefined) return read(path) === undefined ? null : path;
  return entries.find((entry) => entry === path || entry === `${path}/`) ?? null;
}

const asLocation = (path: string | null): Location[] => (path === null ? [] : [{ path, start: 0, end: 0 }]);
