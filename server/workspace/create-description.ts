import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { NewDescription } from "#lib/contracts/template.ts";
import { makeFolder } from "./new-folder.ts";
import { renderTemplate } from "./templates/index.ts";
import type { NewFile } from "./templates/template.ts";

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
  await makeFolder(workspace, wish.folder, async (unfinished) => {
    for (const file of files) await writeNew(unfinished, file);
    return unfinished;
  });
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
