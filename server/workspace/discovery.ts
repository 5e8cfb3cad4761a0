import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Description } from "#lib/contracts/description.ts";
import { inFolder, isImageFileName } from "./image-file.ts";
import { isUnfinished } from "./new-folder.ts";
import { type ReadDescription, readDescription, stampOf } from "./read-description.ts";
import { systemCode } from "./workspace-error.ts";

/** What a search goes through at most; whoever has more is told that the list is cut. */
export const searchLimits = { depth: 16, folders: 50_000, descriptions: 10_000 };

/** Folders that never hold descriptions, and may hold very many files. */
const skippedFolders = new Set([".git", ".hg", ".svn", "node_modules"]);

const isSkipped = (name: string) => skippedFolders.has(name) || isUnfinished(name);

export interface Discovery {
  descriptions: Description[];
  /** There is more than the search goes through. */
  truncated: boolean;
}

/** What was read before, by id: files that have not changed are not read again. */
let known = new Map<string, ReadDescription>();
let running: { workspace: string; search: Promise<Discovery> } | undefined;

/** Finds every description below the workspace, in the order of their ids. Requests at the same time share a search. */
export function findDescriptions(workspace: string): Promise<Discovery> {
  if (running?.workspace === workspace) return running.search;
  const search = remember(new Search(workspace, known)).finally(() => {
    running = undefined;
  });
  running = { workspace, search };
  return search;
}

/** Finds every description below a folder that is none of the workspace's yet. */
export function searchFolder(folder: string): Promise<Discovery> {
  return new Search(folder, new Map()).run();
}

async function remember(search: Search): Promise<Discovery> {
  const discovery = await search.run();
  known = search.found;
  return discovery;
}

class Search {
  readonly found = new Map<string, ReadDescription>();
  readonly #workspace: string;
  readonly #known: ReadonlyMap<string, ReadDescription>;
  #folders = 0;
  #truncated = false;

  constructor(workspace: string, known: ReadonlyMap<string, ReadDescription>) {
    this.#workspace = workspace;
    this.#known = known;
  }

  async run(): Promise<Discovery> {
    let level = [""];
    for (let depth = 0; level.length > 0; depth++) {
      if (depth > searchLimits.depth) {
        this.#truncated = true;
        break;
      }
      level = (await inTurns(level, (folder) => this.#folder(folder))).flat();
    }
    const descriptions = [...this.found.values()].flatMap(({ description }) => description ?? []);
    descriptions.sort((one, other) => (one.id < other.id ? -1 : 1));
    return { descriptions, truncated: this.#truncated };
  }

  /** Takes in the descriptions of a folder and returns the folders below that are worth a look. */
  async #folder(folder: string): Promise<string[]> {
    if (++this.#folders > searchLimits.folders) {
      this.#truncated = true;
      return [];
    }
    const entries = await entriesOf(join(this.#workspace, folder));
    const overlays = new Set<string>();
    for (const entry of entries) {
      if (!isImageFileName(entry.name) || !(entry.isFile() || entry.isSymbolicLink())) continue;
      const description = await this.#description(inFolder(folder, entry.name));
      if (!description) continue;
      overlays.add("root");
      for (const profile of description.facts?.profiles ?? []) overlays.add(profile.name);
    }
    const below: string[] = [];
    // Links to folders are not followed: they would show descriptions twice, or lead in circles.
    for (const { name } of entries.filter((entry) => entry.isDirectory() && !isSkipped(entry.name))) {
      const path = inFolder(folder, name);
      if (!overlays.has(name) || (name !== "root" && (await holdsImageFile(join(this.#workspace, path)))))
        below.push(path);
    }
    return below;
  }

  async #description(id: string): Promise<Description | null> {
    if (this.found.size >= searchLimits.descriptions) {
      this.#truncated = true;
      return null;
    }
    const before = this.#known.get(id);
    const unchanged = before !== undefined && (await this.#isCurrent(before));
    const result = unchanged ? before : await readDescription(this.#workspace, id);
    this.found.set(id, result);
    return result.description;
  }

  async #isCurrent({ stamps }: ReadDescription): Promise<boolean> {
    for (const [path, stamp] of stamps) if ((await stampOf(this.#workspace, path)) !== stamp) return false;
    return true;
  }
}

/** Profile folders are overlays, but a folder that happens to have a profile's name may be a description itself. */
async function holdsImageFile(path: string): Promise<boolean> {
  return (await entriesOf(path)).some((entry) => entry.isFile() && isImageFileName(entry.name));
}

/** A folder that is gone or must not be read holds nothing for us. */
async function entriesOf(path: string): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EACCES", "EPERM", "ELOOP"].includes(systemCode(error) ?? "")) return [];
    throw error;
  }
}

/** Works through a list with a few at a time. */
async function inTurns<Item, Result>(items: Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  return results;
}
