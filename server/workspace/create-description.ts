import { randomUUID } from "node:crypto";
import { chmod, lstat, mkdir, realpath, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import type { NewDescription } from "#lib/contracts/template.ts";
import { renderTemplate } from "./templates/index.ts";
import type { NewFile } from "./templates/template.ts";
import { systemCode, WorkspaceError } from "./workspace-error.ts";

/**
 * Makes a description from a template and returns its id. The folder appears with all its files at once.
 * Throws WorkspaceError where it exists already or cannot be made.
 */
export async function createDescription(
  workspace: string,
  wish: NewDescription,
  schemaVersion: string | null,
): Promise<string> {
  const files = await renderTemplate(wish, schemaVersion);
  try {
    await mkdir(workspace, { recursive: true });
    const parent = await makeParent(await realpath(workspace), dirname(wish.folder));
    const target = join(parent, basename(wish.folder));
    if (await exists(target)) throw new WorkspaceError("exists", `The folder "${wish.folder}" exists already.`);
    const unfinished = join(parent, `.new-${randomUUID()}`);
    try {
      for (const file of files) await writeNew(unfinished, file);
      await rename(unfinished, target);
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  } catch (error) {
    throw explained(error, wish.folder);
  }
  return `${wish.folder}/config.xml`;
}

/** Modes are set whatever the umask says: KIWI gives the image's folders the modes of the overlay's. */
async function writeNew(root: string, { path, text, mode }: NewFile): Promise<void> {
  const parts = path.split("/");
  for (const depth of parts.keys()) {
    const folder = join(root, ...parts.slice(0, depth));
    await mkdir(folder, { recursive: true });
    await chmod(folder, 0o755);
  }
  await writeFile(join(root, path), text, { flag: "wx" });
  await chmod(join(root, path), mode);
}

/** Makes the folders above the new one, one by one: none may be a link that leads out of the workspace. */
async function makeParent(root: string, path: string): Promise<string> {
  let place = root;
  for (const part of path === "." ? [] : path.split("/")) {
    const next = join(place, part);
    await mkdir(next).catch((error: unknown) => {
      if (systemCode(error) !== "EEXIST") throw error;
    });
    place = await realpath(next);
    if (!place.startsWith(root + sep)) throw new WorkspaceError("refused", `"${path}" leads out of the workspace.`);
  }
  return place;
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function explained(error: unknown, folder: string): unknown {
  switch (systemCode(error)) {
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new WorkspaceError(
        "read-only",
        "The web server may not write into the workspace; change its permissions.",
      );
    case "ENOTDIR":
    case "EEXIST":
    case "ENOTEMPTY":
      return new WorkspaceError("exists", `"${folder}" cannot be made: a part of it exists as something else.`);
    default:
      return error;
  }
}
