import { pipeline, Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { openInside } from "#server/platform/safe-path.ts";
import { splitId } from "#server/workspace/image-file.ts";
import { isUnfinished } from "#server/workspace/new-folder.ts";
import { getDescription } from "#server/workspace/read-description.ts";
import { overlaysOf, type WalkedEntry, walkDescription } from "#server/workspace/snapshot-walk.ts";
import { tarEnd, tarHeader, tarPadding } from "./tar.ts";

/**
 * A description's folder as an archive (.tar.gz), without version control. Links stay links where they lead to something
 * of the folder, or are the image's; those to other places of the workspace become what they lead to.
 * Throws WorkspaceError for what cannot be packed; what goes wrong later breaks the archive off.
 */
export async function exportDescription(workspace: string, id: string): Promise<{ name: string; archive: Readable }> {
  const { folder, file } = splitId(id);
  const overlays = overlaysOf(await getDescription(workspace, id));
  const walked: WalkedEntry[] = [];
  for await (const entry of walkDescription(workspace, folder, overlays, { inside: "keep" }))
    if (!isUnfinished(entry.path)) walked.push(entry);
  // The workspace itself may be the description's folder.
  const name = folder.split("/").at(-1) || file.replace(/\.[^.]*$/, "");
  const archive = createGzip();
  pipeline(Readable.from(packed(workspace, name, walked)), archive, () => undefined);
  return { name, archive };
}

async function* packed(workspace: string, top: string, entries: readonly WalkedEntry[]): AsyncGenerator<Uint8Array> {
  const written = Math.floor(Date.now() / 1000);
  for (const entry of entries) {
    const path = `${top}/${entry.path}`;
    if (entry.kind === "file") yield* file(workspace, path, entry.source);
    else if (entry.kind === "directory") yield tarHeader({ ...entry, path, size: 0, written });
    else yield tarHeader({ ...entry, path, size: 0, mode: 0o777, written });
  }
  yield tarEnd;
}

async function* file(workspace: string, path: string, source: string): AsyncGenerator<Uint8Array> {
  const handle = await openInside(workspace, source);
  try {
    const { size, mode, mtimeMs } = await handle.stat();
    yield tarHeader({ path, size, mode: mode & 0o777, written: Math.max(0, Math.floor(mtimeMs / 1000)) });
    let sent = 0;
    if (size > 0)
      for await (const part of handle.createReadStream({ autoClose: false, start: 0, end: size - 1 })) {
        sent += part.length;
        yield part;
      }
    // An archive with a wrong size in the middle could not be read behind it.
    if (sent !== size) throw new Error(`${source} has changed while it was packed`);
    yield tarPadding(size);
  } finally {
    await handle.close();
  }
}
