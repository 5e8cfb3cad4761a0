import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Description } from "#lib/contracts/description.ts";
import { readFacts } from "#lib/kiwi/description/facts.ts";
import { formatOf } from "#lib/kiwi/formats/format.ts";
import { inFolder, isImageFileName, looksLikeImage, needsALook, splitId } from "./image-file.ts";
import { readText } from "./text-file.ts";
import { WorkspaceError } from "./workspace-error.ts";

/** A description together with the files that it was read from, as they were then. */
export interface ReadDescription {
  /** Null for a file in another format that does not describe an image. */
  description: Description | null;
  /** Stamp of every file that was asked for, by path; the same stamps mean that nothing has changed. */
  stamps: Map<string, string>;
}

/** Reads one description by its id. Throws WorkspaceError where there is none. */
export async function getDescription(workspace: string, id: string): Promise<Description> {
  const missing = new WorkspaceError("not-found", `There is no description "${id}".`);
  if (!isImageFileName(splitId(id).file)) throw missing;
  if ((await stampOf(workspace, id)) === "absent") throw missing;
  const { description } = await readDescription(workspace, id);
  if (!description) throw missing;
  return description;
}

/** Reads a description for lists and dialogs. What is wrong with it is said in its `error`. */
export async function readDescription(workspace: string, id: string): Promise<ReadDescription> {
  const { folder, file } = splitId(id);
  const stamps = new Map<string, string>();
  const read = async (path: string) => {
    // The stamp is taken first: a change between the two makes the result look old, never new.
    stamps.set(inFolder(folder, path), await stampOf(workspace, inFolder(folder, path)));
    return (await readText(workspace, folder, path)).text;
  };
  const about = { id, folder, file };
  let text: string;
  try {
    text = await read(file);
  } catch (error) {
    return { description: { ...about, format: formatOf(file, "<"), error: messageOf(error) }, stamps };
  }
  const format = formatOf(file, text);
  if (needsALook(file) && !looksLikeImage(text)) return { description: null, stamps };
  const result = await readFacts(file, text, (path) => read(path).catch(absent));
  if ("facts" in result) return { description: { ...about, format, facts: result.facts }, stamps };
  const { message, line, file: culprit } = result.error;
  const place = [culprit, line === undefined ? undefined : `line ${line}`].filter((part) => part !== undefined);
  const error = place.length === 0 ? message : `${place.join(", ")}: ${message}`;
  return { description: { ...about, format, error }, stamps };
}

/** What names a version of a file without reading it; `absent` where it cannot be seen. */
export async function stampOf(workspace: string, path: string): Promise<string> {
  return stat(join(workspace, path)).then(
    (stats) => `${stats.ino}:${stats.size}:${stats.mtimeMs}:${stats.ctimeMs}`,
    () => "absent",
  );
}

function absent(error: unknown): undefined {
  if (error instanceof WorkspaceError) return undefined;
  throw error;
}

function messageOf(error: unknown): string {
  if (error instanceof WorkspaceError) return error.message;
  throw error;
}
