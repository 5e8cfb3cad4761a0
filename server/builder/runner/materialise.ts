import { createHash } from "node:crypto";
import { chmod, type FileHandle, mkdir, open, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  type SnapshotEntry,
  type SnapshotManifest,
  snapshotLimits,
  snapshotManifestSchema,
} from "#lib/contracts/snapshot.ts";
import { openWithoutLinks } from "#server/platform/safe-path.ts";

/** The largest list of files, in bytes: there is room for the longest that is allowed. */
const MANIFEST_LIMIT = 512 * 1024 ** 2;
const CHUNK = 1024 ** 2;

/** A snapshot that is not what its id says, or that would write outside of its folder. */
export class SnapshotDamagedError extends Error {
  override name = "SnapshotDamagedError";
}

/**
 * Lays the files of a snapshot out in a new folder, owned by the caller. Every content is checked against its hash, and
 * the manifest against the snapshot's id. Returns the manifest. Throws SnapshotDamagedError, and EEXIST where the folder
 * is there already.
 */
export async function materialise(snapshotsDir: string, id: string, targetDir: string): Promise<SnapshotManifest> {
  const manifest = await readManifest(snapshotsDir, id);
  checkPaths(manifest.entries);
  checkSize(manifest.entries);
  if (!manifest.entries.some(({ kind, path }) => kind === "file" && path === manifest.imageFile))
    throw new SnapshotDamagedError(`The snapshot does not hold its image file "${manifest.imageFile}".`);
  await mkdir(targetDir, { mode: 0o755 });
  const folders = manifest.entries.filter((entry) => entry.kind === "directory");
  for (const entry of manifest.entries) await layOut(snapshotsDir, targetDir, entry);
  // Last, and the deepest first: a folder may be read-only.
  for (const { path, mode } of folders.reverse()) await chmod(join(targetDir, path), mode);
  return manifest;
}

async function readManifest(snapshotsDir: string, id: string): Promise<SnapshotManifest> {
  if (!/^[0-9a-f]{64}$/.test(id)) throw new SnapshotDamagedError(`"${id}" is no id of a snapshot.`);
  await using file = await openStored(snapshotsDir, `manifests/${id}.json`);
  if ((await file.stat()).size > MANIFEST_LIMIT)
    throw new SnapshotDamagedError(`The list of files of snapshot ${id} is too large.`);
  const bytes = await file.readFile();
  if (createHash("sha256").update(bytes).digest("hex") !== id)
    throw new SnapshotDamagedError(`The list of files of snapshot ${id} has been changed.`);
  return snapshotManifestSchema.parse(JSON.parse(bytes.toString("utf8")));
}

/** Every path is there once, and only folders have something below them: nothing can be written through a link. */
function checkPaths(entries: readonly SnapshotEntry[]): void {
  const kinds = new Map<string, SnapshotEntry["kind"]>();
  for (const { path, kind } of entries) {
    if (kinds.has(path)) throw new SnapshotDamagedError(`The snapshot holds "${path}" twice.`);
    kinds.set(path, kind);
  }
  for (const { path } of entries)
    for (let parent = dirname(path); parent !== "."; parent = dirname(parent))
      if ((kinds.get(parent) ?? "directory") !== "directory")
        throw new SnapshotDamagedError(`"${path}" lies below "${parent}", which is no folder.`);
}

function checkSize(entries: readonly SnapshotEntry[]): void {
  const bytes = entries.reduce((sum, entry) => sum + (entry.kind === "file" ? entry.size : 0), 0);
  if (bytes > snapshotLimits.bytes)
    throw new SnapshotDamagedError(`The snapshot holds more than ${snapshotLimits.bytes / 1024 ** 3} GiB.`);
}

async function layOut(snapshotsDir: string, targetDir: string, entry: SnapshotEntry): Promise<void> {
  const path = join(targetDir, entry.path);
  if (entry.kind === "directory") {
    await mkdir(path, { recursive: true });
    return;
  }
  await mkdir(dirname(path), { recursive: true });
  if (entry.kind === "link") return symlink(entry.target, path);
  await using source = await openStored(snapshotsDir, `blobs/${entry.sha256.slice(0, 2)}/${entry.sha256}`);
  await using target = await open(path, "wx", 0o600);
  // Never more than the snapshot says, whatever becomes of the file meanwhile.
  if ((await source.stat()).size !== entry.size || (await copy(source, target, entry.size)) !== entry.sha256)
    throw new SnapshotDamagedError(`The content of "${entry.path}" is not what the snapshot says.`);
  await target.chmod(entry.mode);
}

/** Copies the first bytes of a file. Returns the SHA-256 of what was copied. */
async function copy(source: FileHandle, target: FileHandle, size: number): Promise<string> {
  const hash = createHash("sha256");
  for (let left = size; left > 0; ) {
    const { buffer, bytesRead } = await source.read({ buffer: Buffer.allocUnsafe(Math.min(left, CHUNK)) });
    if (bytesRead === 0) break;
    hash.update(buffer.subarray(0, bytesRead));
    await target.writeFile(buffer.subarray(0, bytesRead));
    left -= bytesRead;
  }
  return hash.digest("hex");
}

/**
 * Opens a file of the store. The unprivileged web process writes there and this process is root: a link could lead to
 * any file of the host, and a pipe would hold this process up.
 */
async function openStored(snapshotsDir: string, path: string): Promise<FileHandle> {
  return openWithoutLinks(snapshotsDir, path).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new SnapshotDamagedError(`The store of snapshots is damaged: ${why}`, { cause: error });
  });
}
