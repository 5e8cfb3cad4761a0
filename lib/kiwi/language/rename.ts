import type { FileEdit, PositionRequest, RenameResult, TextRange } from "./contract.ts";
import { type Mention, mentionAt } from "./names.ts";
import type { Reader } from "./reading.ts";
import { namedIn, scriptsNaming } from "./references.ts";

/** What would be renamed at a place; null where nothing can be. */
export function renamable(read: Reader, request: PositionRequest): (TextRange & { name: string }) | null {
  const mention = mentionAt(read(request).document, request.offset);
  return mention && { name: mention.name, start: mention.start, end: mention.end };
}

/** Gives a profile or a repository another name in all files of the description, and says what has to follow by hand. */
export function rename(read: Reader, request: PositionRequest, newName: string): RenameResult {
  const mention = mentionAt(read(request).document, request.offset);
  if (mention === null) return { refusal: "Only profiles and aliases of repositories can be renamed here." };
  const problem = problemOf(read, request, mention, newName);
  if (problem !== null) return { refusal: problem };
  const edits = namedIn(read, request, mention).map(
    ({ path, start, end }): FileEdit => ({ path, start, end, text: newName }),
  );
  return { edits, notes: notesOn(request, mention, newName) };
}

/** What KIWI takes for a name, and what no list with commas can break. */
const allowed = {
  profile: [/^[A-Za-z0-9_.+][A-Za-z0-9_.+-]*$/, "A profile's name holds only letters, digits and . _ + -"],
  repository: [/^[a-zA-Z0-9_\-.]+$/, "An alias holds only letters, digits and . _ -"],
} as const;

function problemOf(read: Reader, request: PositionRequest, mention: Mention, newName: string): string | null {
  const [pattern, message] = allowed[mention.kind];
  if (!pattern.test(newName)) return message;
  if (newName === mention.name) return null;
  const others = namedIn(read, request, { ...mention, name: newName });
  return others.some(({ declares }) => declares) ? `There is a ${mention.kind} "${newName}" already.` : null;
}

function notesOn(request: PositionRequest, mention: Mention, newName: string): string[] {
  const notes: string[] = [];
  const overlay = mention.kind === "profile" ? `${mention.name}/` : "";
  if (overlay !== "" && request.entries?.includes(overlay)) {
    notes.push(`The folder ${overlay} is the overlay of this profile: rename it to ${newName}/ as well.`);
  }
  const scripts = [...new Set(scriptsNaming(request, mention).map(({ path }) => path))];
  if (scripts.length > 0) notes.push(`Scripts are not changed; "${mention.name}" stands in ${scripts.join(", ")}.`);
  return notes;
}
