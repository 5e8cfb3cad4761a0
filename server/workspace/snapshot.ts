import { createHash } from "node:crypto";
import { type SnapshotEntry, type SnapshotManifest, snapshotLimits } from "#lib/contracts/snapshot.ts";
import { openInside, UnsafePathError } from "#server/platform/safe-path.ts";
import { BlobStore } from "./blob-store.ts";
import { splitId } from "./image-file.ts";
import { getDescription } from "./read-description.ts";
import { overlaysOf, walkDescription } from "./snapshot-walk.ts";
import { systemCode, WorkspaceError } from "./workspace-error.ts";

/**
 * Stores the files of a description as they are now. Contents go to `blobs/<first two digits>/<sha256>`, the manifest
 * to `manifests/<id>.json`; its id is the SHA-256 of its own bytes, so equal files make equal ids.
 * Throws WorkspaceError for what cannot be built: no such description, links out of the workspace, sockets, too much.
 */
export async function takeSnapshot(
  workspace: string,
  descriptionId: string,
  snapshotsDir: string,
  limits = snapshotLimits,
): Promise<{ id: string; manifest: SnapshotManifest }> {
  const { folder, file } = splitId(descriptionId);
  const overlays = overlaysOf(await getDescription(workspace, descriptionId));
  const store = new BlobStore(snapshotsDir);
  const entries: SnapshotEntry[] = [];
  let bytes = 0;
  try {
    for await (const entry of walkDescription(workspace, folder, overlays)) {
      if (entries.length >= limits.entries) throw tooMuch(`more than ${limits.entries} files and folders`);
      if (entry.kind !== "file") entries.push(entry);
      else {
        const stored = await storeFile(store, workspace, entry.source, limits.bytes - bytes);
        bytes += stored.size;
        entries.push({ kind: "file", path: entry.path, ...stored });
      }
    }
  } catch (error) {
    throw explained(error);
  }
  entries.sort((one, other) => (one.path < other.path ? -1 : 1));
  const manifest: SnapshotManifest = { format: 1, imageFile: file, entries };
  const text = JSON.stringify(manifest);
  const id = createHash("sha256").update(text).digest("hex");
  await store.putManifest(id, text);
  return { id, manifest };
}

async function storeFile(
  store: BlobStore,
  workspace: string,
  source: string,
  limit: number,
): Promise<{ mode: number; size: number; sha256: string }> {
  const handle = await openInside(workspace, source);
  try {
    const { mode, size } = await handle.stat();
    if (size > limit) throw tooMuch(`more than ${snapshotLimits.bytes / 1024 ** 3} GiB`);
    // Counted while copying as well: a file may grow meanwhile.
    const stored = await store.put(handle.createReadStream({ autoClose: false }), limit);
    if (!stored) throw tooMuch(`a file that grows without end: ${source}`);
    return { mode: mode & 0o777, ...stored };
  } finally {
    await handle.close();
  }
}

function tooMuch(what: string): WorkspaceError {
  return new WorkspaceError("refused", `The description's folder holds ${what}; a build takes only smaller ones.`);
}

function explained(error: unknown): unknown {
  if (error instanceof UnsafePathError) return new WorkspaceError("refused", error.message);
  const path = error instanceof Error && "path" in error ? String(error.path) : "A file";
  switch (systemCode(error)) {
    case "EACCES":
    case "EPERM":
      return new WorkspaceError("refused", `"${path}" must not be read by the web server; change its permissions.`);
    case "ENOENT":
      return new WorkspaceError("refused", `"${path}" vanished while the description was read. Please try again.`);
    default:
      return error;
  }
}
