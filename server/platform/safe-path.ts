import { constants } from "node:fs";
import { type FileHandle, lstat, open, readlink, realpath } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { relativePathSchema } from "#lib/contracts/description.ts";

/** A path that is no plain relative path, or that leads out of its folder through a link. */
export class UnsafePathError extends Error {
  override name = "UnsafePathError";
}

/**
 * The real path of something that exists below `root`. Links are followed as long as they stay inside.
 * Throws UnsafePathError for a path that leaves the root, and passes on ENOENT and the like.
 */
export async function resolveInside(root: string, path: string): Promise<string> {
  const real = await realpath(join(root, checked(path)));
  return within(await realpath(root), real, path);
}

/**
 * Where a file below `root` is to be written: the real folder, which must exist and lie inside, plus the name;
 * for an existing link the place that it leads to, which must lie inside as well.
 */
export async function resolveForWrite(root: string, path: string): Promise<string> {
  const realRoot = await realpath(root);
  const wanted = join(realRoot, checked(path));
  const folder = await realpath(dirname(wanted));
  if (folder !== realRoot) within(realRoot, folder, path);
  const target = join(folder, basename(wanted));
  const isLink = await lstat(target).then(
    (stats) => stats.isSymbolicLink(),
    () => false,
  );
  return isLink ? within(realRoot, await realpath(target), path) : target;
}

/**
 * Opens a file below `root` for reading and checks the place of what was really opened, so that a link swapped in
 * between check and opening gains nothing. Throws UnsafePathError where it lies outside or is no regular file.
 */
export async function openInside(root: string, path: string): Promise<FileHandle> {
  const realRoot = await realpath(root);
  // Without O_NONBLOCK, opening a pipe would wait for its writer forever.
  const file = await open(join(realRoot, checked(path)), constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    within(realRoot, await readlink(`/proc/self/fd/${file.fd}`), path);
    if (!(await file.stat()).isFile()) throw new UnsafePathError(`"${path}" is not a regular file.`);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Opens a regular file for reading; a link at the end of the path is refused, a pipe does not block. */
export async function openRegular(path: string): Promise<FileHandle> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new UnsafePathError(`"${path}" is not a regular file.`);
}

/** Opens a regular file below `root` that is reached without any link on the way. Throws UnsafePathError. */
export async function openWithoutLinks(root: string, path: string): Promise<FileHandle> {
  const expected = join(await realpath(root), checked(path));
  const file = await openRegular(expected);
  if ((await readlink(`/proc/self/fd/${file.fd}`)) === expected) return file;
  await file.close();
  throw new UnsafePathError(`"${path}" is reached through a link.`);
}

function checked(path: string): string {
  if (!relativePathSchema.safeParse(path).success) throw new UnsafePathError(`"${path}" is not a plain relative path.`);
  return path;
}

function within(realRoot: string, real: string, path: string): string {
  const prefix = realRoot.endsWith(sep) ? realRoot : realRoot + sep;
  if (!real.startsWith(prefix)) throw new UnsafePathError(`"${path}" leads out of its folder.`);
  return real;
}
