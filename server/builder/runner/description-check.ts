import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isSafeOverlayName, SAFE_OVERLAY_NAMES } from "#lib/kiwi/overlay-name.ts";
import { findArchiveObstacle, isArchive } from "./archive-check.ts";

const DESCRIPTION_FILE = /\.(?:kiwi|xml|ya?ml|json5?|toml|ini)$/;

/**
 * Why KIWI must not be started on this description, in words; null where nothing speaks against it.
 *
 * An overlay tree must not bring names that run programs on the host (see `isSafeOverlayName`). Devices and pipes have no
 * place in a description.
 */
export async function findObstacle(description: string): Promise<string | null> {
  const files: string[] = [];
  for (const entry of await readdir(description, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() && !entry.isDirectory() && !entry.isSymbolicLink())
      return `"${path.slice(description.length + 1)}" is a device, a pipe or a socket; a description may hold files, folders and links only.`;
    if (entry.isFile()) files.push(path);
  }
  const text = await readDescriptions(files);
  for (const tree of await readdir(description, { withFileTypes: true })) {
    // A folder is an overlay when it is called root, or like a profile; and a profile is named in a description file.
    if (tree.isFile() || !(tree.name === "root" || text.includes(tree.name))) continue;
    const entries = await readdir(join(description, tree.name)).catch(() => []);
    const name = entries.find((entry) => !isSafeOverlayName(entry));
    if (name !== undefined)
      return `The overlay "${tree.name}" holds ${JSON.stringify(name)} at its top level. KIWI would pass this name to a shell; ${SAFE_OVERLAY_NAMES}.`;
  }
  for (const file of files.filter(isArchive)) {
    const reason = await findArchiveObstacle(file, !hasTargetFolder(text, file.slice(description.length + 1)));
    if (reason !== null) return reason;
  }
  return null;
}

/** Whether a description says of an archive that it is unpacked elsewhere than at the root of the tree. */
function hasTargetFolder(text: string, archive: string): boolean {
  const tags = text.match(/<archive\b[^>]*>/g) ?? [];
  return tags.some((tag) => tag.includes(`"${archive}"`) && /\btarget_dir=["']\/?[^"'/]/.test(tag));
}

/**
 * Why no image must be made of a root tree, in words; null where nothing speaks against it. Scripts and packages have
 * written there; the names at its top level are those that KIWI passes to a shell.
 */
export async function findRootObstacle(root: string): Promise<string | null> {
  const name = (await readdir(root).catch(() => [])).find((entry) => !isSafeOverlayName(entry));
  if (name === undefined) return null;
  return `The root tree holds ${JSON.stringify(name)} at its top level, made by a script, a package or an archive. KIWI would pass this name to a shell; ${SAFE_OVERLAY_NAMES}.`;
}

async function readDescriptions(files: readonly string[]): Promise<string> {
  const texts = files.filter((file) => DESCRIPTION_FILE.test(file)).map((file) => readFile(file, "utf8"));
  return (await Promise.all(texts)).join("\n");
}
