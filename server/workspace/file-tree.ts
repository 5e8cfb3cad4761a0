import { lstat, readdir, readlink } from "node:fs/promises";
import { join } from "node:path";
import type { FileEntry, FileText } from "#lib/contracts/description.ts";
import { resolveInside } from "#server/platform/safe-path.ts";
import { inFolder, isImageFileName } from "./image-file.ts";
import { readText } from "./text-file.ts";
import { WorkspaceError } from "./workspace-error.ts";

/** What a file tree shows at most. */
export const treeLimits = { depth: 32, entries: 5_000 };
/** What the language service gets at most. */
const sourceLimits = { files: 500, characters: 8 * 1024 * 1024 };

/** Everything in a description's folder except version control, sorted by path; links are shown, not followed. */
export async function listFiles(workspace: string, folder: string): Promise<FileEntry[]> {
  const root = folder === "" ? workspace : await resolveInside(workspace, folder);
  const entries: FileEntry[] = [];
  const walk = async (below: string, depth: number): Promise<void> => {
    if (depth > treeLimits.depth) return;
    for (const name of (await readdir(join(root, below))).sort()) {
      if (name === ".git" || entries.length >= treeLimits.entries) continue;
      const path = inFolder(below, name);
      const entry = await entryOf(join(root, path), path);
      if (!entry) continue;
      entries.push(entry);
      if (entry.kind === "directory") await walk(path, depth + 1).catch(ignoreUnreadable);
    }
  };
  await walk("", 0);
  return entries;
}

/** The text files that a description may include, its siblings, and its scripts: what the language service reads. */
export async function readSources(
  workspace: string,
  folder: string,
): Promise<Pick<FileText, "path" | "text" | "version">[]> {
  const sources: Pick<FileText, "path" | "text" | "version">[] = [];
  let characters = 0;
  for (const { path, kind } of await listFiles(workspace, folder)) {
    if (kind !== "file" && kind !== "link") continue;
    if (path.startsWith("root/") || !isSourceName(path)) continue;
    if (sources.length >= sourceLimits.files || characters >= sourceLimits.characters) break;
    const source = await readText(workspace, folder, path).catch(ignoreForeign);
    if (!source) continue;
    characters += source.text.length;
    sources.push({ path, text: source.text, version: source.version });
  }
  return sources;
}

function isSourceName(path: string): boolean {
  return path.endsWith(".xml") || path.endsWith(".sh") || isImageFileName(path.slice(path.lastIndexOf("/") + 1));
}

async function entryOf(place: string, path: string): Promise<FileEntry | undefined> {
  try {
    const stats = await lstat(place);
    const about = { path, size: stats.size, mode: stats.mode & 0o7777 };
    if (stats.isSymbolicLink()) return { ...about, kind: "link", target: await readlink(place) };
    return { ...about, kind: stats.isFile() ? "file" : stats.isDirectory() ? "directory" : "other" };
  } catch (error) {
    return ignoreUnreadable(error);
  }
}

/** Files come and go while somebody works on them; whoever asks again sees the new state. */
function ignoreUnreadable(error: unknown): undefined {
  if (error instanceof Error && "code" in error) return undefined;
  throw error;
}

function ignoreForeign(error: unknown): undefined {
  if (error instanceof WorkspaceError) return undefined;
  throw error;
}
