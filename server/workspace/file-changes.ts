import { constants } from "node:fs";
import {
  type FileHandle,
  link,
  lstat,
  mkdir,
  open,
  readlink,
  realpath,
  rename,
  rm,
  rmdir,
  unlink,
} from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { relativePathSchema } from "#lib/contracts/description.ts";
import { inFolder } from "./image-file.ts";
import { systemCode, WorkspaceError } from "./workspace-error.ts";

/**
 * Files of a description made, moved and removed. Paths are relative to its folder; nothing that is there is written
 * over, links are changed themselves and never followed, and all errors are WorkspaceErrors for people.
 */

/** Makes a file with these bytes, and the folders above it. */
export async function makeFile(workspace: string, folder: string, path: string, bytes: Uint8Array): Promise<void> {
  await makeFoldersAbove(workspace, folder, path);
  await using place = await openPlace(workspace, inFolder(folder, path));
  try {
    await using file = await open(place.path, "wx", 0o644);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } catch (error) {
      // Half of a file, on a full disk for example, is worse than none.
      await rm(place.path, { force: true });
      throw error;
    }
  } catch (error) {
    throw explained(error, path);
  }
}

/** Makes a folder, and those above it. */
export async function makeFolder(workspace: string, folder: string, path: string): Promise<void> {
  await makeFoldersAbove(workspace, folder, path);
  await using place = await openPlace(workspace, inFolder(folder, path));
  await mkdir(place.path).catch((error: unknown) => {
    throw explained(error, path);
  });
}

/** Gives a file or folder another path; the folders above that are made. */
export async function movePath(workspace: string, folder: string, from: string, to: string): Promise<void> {
  if (to === from) return;
  if (`${to}/`.startsWith(`${from}/`)) throw new WorkspaceError("refused", "A folder cannot be moved into itself.");
  await using source = await openPlace(workspace, inFolder(folder, from));
  const stats = await lstat(source.path).catch((error: unknown) => {
    throw explained(error, from);
  });
  await makeFoldersAbove(workspace, folder, to);
  await using target = await openPlace(workspace, inFolder(folder, to));
  try {
    if (stats.isDirectory()) {
      // Making it first tells whether there is one; moving takes the place of an empty folder.
      await mkdir(target.path);
      await rename(source.path, target.path).catch(async (error: unknown) => {
        await rmdir(target.path);
        throw error;
      });
    } else {
      await link(source.path, target.path);
      await unlink(source.path);
    }
  } catch (error) {
    throw explained(error, to);
  }
}

/** Removes a file, a link, or a folder with all that is in it. */
export async function removePath(workspace: string, folder: string, path: string): Promise<void> {
  await using place = await openPlace(workspace, inFolder(folder, path));
  await rm(place.path, { recursive: true }).catch((error: unknown) => {
    throw explained(error, path);
  });
}

/** Lets a file be run by everybody who may read it, or by nobody. */
export async function setExecutable(workspace: string, folder: string, path: string, wanted: boolean): Promise<void> {
  await using place = await openPlace(workspace, inFolder(folder, path));
  try {
    await using file = await open(place.path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stats = await file.stat();
    if (!stats.isFile()) throw new WorkspaceError("refused", `"${path}" is not a file.`);
    const readers = (stats.mode & 0o444) >> 2;
    await file.chmod(wanted ? (stats.mode & 0o777) | readers : stats.mode & 0o666);
  } catch (error) {
    throw explained(error, path);
  }
}

async function makeFoldersAbove(workspace: string, folder: string, path: string): Promise<void> {
  const names = path.split("/").slice(0, -1);
  for (let depth = 1; depth <= names.length; depth++) {
    const above = names.slice(0, depth).join("/");
    await using place = await openPlace(workspace, inFolder(folder, above));
    await mkdir(place.path).catch((error: unknown) => {
      if (systemCode(error) !== "EEXIST") throw explained(error, above);
    });
  }
}

/** A path named through its open folder, which lies in the workspace: links that are swapped in change nothing. */
async function openPlace(workspace: string, path: string): Promise<AsyncDisposable & { path: string }> {
  if (!relativePathSchema.safeParse(path).success)
    throw new WorkspaceError("refused", `"${path}" is not a plain relative path.`);
  const root = await realpath(workspace);
  let above: FileHandle;
  try {
    above = await open(dirname(join(root, path)), constants.O_RDONLY | constants.O_DIRECTORY);
  } catch (error) {
    throw explained(error, path);
  }
  const real = await readlink(`/proc/self/fd/${above.fd}`);
  if (real !== root && !real.startsWith(root + sep)) {
    await above.close();
    throw new WorkspaceError("refused", `"${path}" leads out of the workspace.`);
  }
  return {
    path: join(`/proc/self/fd/${above.fd}`, basename(path)),
    [Symbol.asyncDispose]: () => above.close(),
  };
}

function explained(error: unknown, path: string): unknown {
  switch (systemCode(error)) {
    case "EEXIST":
    case "ENOTEMPTY":
      return new WorkspaceError("exists", `"${path}" is there already.`);
    case "ENOENT":
      return new WorkspaceError("not-found", `"${path}" does not exist.`);
    case "ENOTDIR":
      return new WorkspaceError("refused", `Something above "${path}" is no folder.`);
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new WorkspaceError("read-only", `The permissions of "${path}" do not allow this.`);
    case "ELOOP":
      return new WorkspaceError("refused", `"${path}" is a link.`);
    case "ENAMETOOLONG":
      return new WorkspaceError("refused", `The name of "${path}" is too long.`);
    case "ENOSPC":
    case "EDQUOT":
      return new WorkspaceError("refused", "The disk is full. Make room and try again.");
    default:
      return error;
  }
}
