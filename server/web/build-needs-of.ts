import type { BuildNeeds } from "#lib/contracts/preflight.ts";
import { buildNeeds } from "#lib/kiwi/description/build-needs.ts";
import { editableFiles } from "#lib/kiwi/description/editable.ts";
import type { TypeChoice } from "#lib/kiwi/description/override-type.ts";
import { splitId } from "#server/workspace/image-file.ts";
import { readText } from "#server/workspace/text-file.ts";

/** What a build of a description, as it is on disk now, would need; null where it has no such type. */
export async function buildNeedsOf(workspace: string, id: string, choice: TypeChoice): Promise<BuildNeeds | null> {
  const { folder, file } = splitId(id);
  const texts = new Map([[file, (await readText(workspace, folder, file)).text]]);
  const read = (path: string) => texts.get(path);
  const missing = new Set<string>();
  // Asked once for nothing but the names of what it includes.
  editableFiles(file, (path) => {
    if (!texts.has(path)) missing.add(path);
    return texts.get(path);
  });
  for (const path of missing) {
    const text = await readText(workspace, folder, path).catch(() => null);
    if (text !== null) texts.set(path, text.text);
  }
  return buildNeeds(file, read, choice);
}
