import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type SnapshotManifest, snapshotManifestSchema } from "#lib/contracts/snapshot.ts";
import { blobPath } from "./blob-store.ts";
import { TEXT_LIMIT } from "./text-file.ts";

/** Text of a file of a snapshot; undefined where it has none of that path, or one too large to be a description. */
export function readSnapshotFile(snapshotsDir: string, manifest: SnapshotManifest, path: string): string | undefined {
  const entry = manifest.entries.find((candidate) => candidate.path === path);
  if (entry?.kind !== "file" || entry.size > TEXT_LIMIT) return undefined;
  return readFileSync(blobPath(snapshotsDir, entry.sha256), "utf8");
}

/** The list of a snapshot's files; null where it is gone or damaged. */
export async function readManifest(snapshotsDir: string, id: string): Promise<SnapshotManifest | null> {
  try {
    return snapshotManifestSchema.parse(
      JSON.parse(await readFile(join(snapshotsDir, "manifests", `${id}.json`), "utf8")),
    );
  } catch {
    return null;
  }
}
