import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { isImageFileName, looksLikeImage, needsALook } from "#server/workspace/image-file.ts";
import { Failure, UsageError } from "./failure.ts";

/** Where a description is read from, and the name under which its builds are listed. */
export type DescriptionPlace = {
  /** The folder that no link of the description may leave. */
  workspace: string;
  /** Path of the image file in it. */
  id: string;
  /** The id in the server's workspace; for a folder outside of it, the whole path without its leading slash. */
  name: string;
};

/** Finds the description that a folder or an image file stands for. Throws UsageError and Failure. */
export async function locateDescription(workspaceDir: string, path: string): Promise<DescriptionPlace> {
  const real = await realpath(path).catch(() => {
    throw new Failure(`There is no folder ${path}.`);
  });
  const file = (await stat(real)).isDirectory() ? join(real, await onlyImageFile(real)) : real;
  const id = relative(await realpath(workspaceDir).catch(() => workspaceDir), file);
  if (!id.startsWith("..")) return { workspace: workspaceDir, id, name: id };
  return { workspace: dirname(file), id: basename(file), name: file.slice(1) };
}

async function onlyImageFile(folder: string): Promise<string> {
  const files: string[] = [];
  for (const name of (await readdir(folder)).filter(isImageFileName).sort()) {
    if (!needsALook(name) || looksLikeImage(await readFile(join(folder, name), "utf8"))) files.push(name);
  }
  const [first, ...more] = files;
  if (first === undefined) throw new Failure(`There is no image description in ${folder}.`);
  if (more.length > 0)
    throw new UsageError(`${folder} holds several descriptions, name one of them: ${files.join(", ")}.`);
  return first;
}
