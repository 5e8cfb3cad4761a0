import { z } from "zod";

/** Text that was typed and not saved yet, and the version of the file on disk that it started from. */
const draftSchema = z.object({
  text: z.string(),
  version: z.string(),
  /** ISO 8601. */
  at: z.string(),
});
export type Draft = z.infer<typeof draftSchema>;

/** What of the browser's local storage is needed. */
export type DraftStorage = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** The version of a file that is on no disk yet. */
export const NEW_FILE = "";

const PREFIX = "kiwi-workbench/draft/";
const keySchema = z.tuple([z.string(), z.string()]);

/**
 * Drafts live in the browser's local storage: it writes at once, so that even the last key before a reload or a crash
 * of the page is kept, and it is there without TLS too, unlike the stores for secure contexts.
 */
export class Drafts {
  readonly #storage: DraftStorage;
  readonly #description: string;

  constructor(storage: DraftStorage, description: string) {
    this.#storage = storage;
    this.#description = description;
  }

  /** The files of this description that have a draft, by name. */
  paths(): string[] {
    const found: string[] = [];
    for (let index = 0; index < this.#storage.length; index++) {
      const key = this.#storage.key(index);
      if (!key?.startsWith(PREFIX)) continue;
      const [description, path] = keySchema.parse(JSON.parse(key.slice(PREFIX.length)));
      if (description === this.#description) found.push(path);
    }
    return found.sort();
  }

  /** The draft of a file; an unreadable one counts as none. */
  read(path: string): Draft | null {
    const stored = this.#storage.getItem(this.#key(path));
    if (stored === null) return null;
    try {
      return draftSchema.parse(JSON.parse(stored));
    } catch {
      return null;
    }
  }

  /** Keeps a draft; false where the browser refuses, which it does when its storage is full. */
  write(path: string, text: string, version: string): boolean {
    const draft: Draft = { text, version, at: new Date().toISOString() };
    try {
      this.#storage.setItem(this.#key(path), JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  }

  discard(path: string): void {
    this.#storage.removeItem(this.#key(path));
  }

  #key(path: string): string {
    return PREFIX + JSON.stringify([this.#description, path]);
  }
}

/** What becomes of a draft when its file is opened again. */
export type DraftFate =
  /** There is none, or it says what the disk says. */
  | "nothing"
  /** The file is as it was: go on where the typing stopped. */
  | "continue"
  /** The file has changed meanwhile: go on, but saving will have to show both. */
  | "changed-meanwhile"
  /** The file is gone: the draft is all that is left of it. */
  | "removed-meanwhile";

/** `disk` is null where there is no such file any more. */
export function fateOf(draft: Draft | null, disk: { text: string; version: string } | null): DraftFate {
  if (draft === null) return "nothing";
  if (disk === null) return draft.version === NEW_FILE ? "continue" : "removed-meanwhile";
  if (draft.text === disk.text) return "nothing";
  return draft.version === disk.version ? "continue" : "changed-meanwhile";
}
