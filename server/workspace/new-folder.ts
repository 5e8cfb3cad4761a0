import { randomUUID } from "node:crypto";
import { chmod, lstat, mkdir, readdir, realpath, rename, rm, rmdir, stat } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { systemCode, WorkspaceError } from "./workspace-error.ts";

/** What folders begin with that are being filled; nobody lists them. */
const UNFINISHED = ".new-";
/** One that is so old belongs to a process that has died, in milliseconds. */
const LEFT_OVER = 24 * 60 * 60 * 1000;

/** Whether a folder of this name is one that is being filled. */
export const isUnfinished = (name: string) => name.startsWith(UNFINISHED);

/**
 * Makes a folder of the workspace, which appears with all that is in it at once, or not at all. `fill` is given an empty
 * hidden folder, and says which folder in there (it may be that one) is to become the new one.
 * Throws WorkspaceError where the folder exists already or cannot be made.
 */
export async function makeFolder(
  workspace: string,
  folder: string,
  fill: (unfinished: string) => Promise<string>,
): Promise<void> {
  try {
    await mkdir(workspace, { recursive: true });
    const root = await realpath(workspace);
    if (folder.split("/").some((part) => part.startsWith(".")))
      throw new WorkspaceError("refused", "No part of the new folder's name may begin with a dot.");
    if (await exists(join(root, folder))) throw existing(folder);
    await removeLeftOver(root);
    const unfinished = join(root, UNFINISHED + randomUUID());
    await mkdir(unfinished);
    try {
      await chmod(unfinished, 0o755);
      const filled = await fill(unfinished);
      await placeAt(root, folder, filled);
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  } catch (error) {
    throw explained(error, folder);
  }
}

async function placeAt(root: string, folder: string, filled: string): Promise<void> {
  const made: string[] = [];
  try {
    const target = join(await makeParent(root, dirname(folder), made), basename(folder));
    if (await exists(target)) throw existing(folder);
    await rename(filled, target);
  } catch (error) {
    // Folders that are not empty belong to somebody else by now.
    for (const parent of made.reverse()) await rmdir(parent).catch(() => undefined);
    throw error;
  }
}

/** Makes the folders above the new one, one by one: none may be a link that leads out of the workspace. */
async function makeParent(root: string, path: string, made: string[]): Promise<string> {
  let place = root;
  for (const part of path === "." ? [] : path.split("/")) {
    const next = join(place, part);
    try {
      await mkdir(next);
      made.push(next);
    } catch (error) {
      if (systemCode(error) !== "EEXIST") throw error;
    }
    place = await realpath(next);
    if (!place.startsWith(root + sep)) throw new WorkspaceError("refused", `"${path}" leads out of the workspace.`);
  }
  return place;
}

async function removeLeftOver(root: string): Promise<void> {
  for (const name of (await readdir(root)).filter(isUnfinished)) {
    const stats = await stat(join(root, name)).catch(() => null);
    if (stats && Date.now() - stats.mtimeMs > LEFT_OVER) await rm(join(root, name), { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

const existing = (folder: string) => new WorkspaceError("exists", `The folder "${folder}" exists already.`);

function explained(error: unknown, folder: string): unknown {
  switch (systemCode(error)) {
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new WorkspaceError(
        "read-only",
        "The web server may not write into the workspace; change its permissions.",
      );
    case "ENOSPC":
    case "EDQUOT":
      return new WorkspaceError("refused", "There is no space left for the workspace.");
    case "ENOTDIR":
    case "EEXIST":
    case "ENOTEMPTY":
      return new WorkspaceError("exists", `"${folder}" cannot be made: a part of it exists as something else.`);
    default:
      return error;
  }
}
