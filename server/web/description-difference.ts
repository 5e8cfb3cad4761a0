import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import type { Build } from "#lib/contracts/build.ts";
import type { ChangedFile } from "#lib/contracts/build-comparison.ts";
import type { SnapshotEntry, SnapshotManifest } from "#lib/contracts/snapshot.ts";
import { readManifest, readSnapshotFile } from "#server/workspace/snapshot-file.ts";

const MOST_FILES = 50;
/** Longer patches are read in the editor, not beside a log. */
const LONGEST_PATCH = 20_000;
const LARGEST_TEXT = 512 * 1024;

/** What is different in the descriptions of two builds, file by file; nothing where a snapshot is gone. */
export async function descriptionDifference(
  snapshots: string,
  before: Build,
  after: Build,
): Promise<{ files: ChangedFile[]; moreFiles: number }> {
  const [old, now] = await Promise.all([
    readManifest(snapshots, before.snapshot),
    readManifest(snapshots, after.snapshot),
  ]);
  const files = old && now ? changedFiles(snapshots, old, now) : [];
  return { files: files.slice(0, MOST_FILES), moreFiles: Math.max(0, files.length - MOST_FILES) };
}

function changedFiles(snapshots: string, before: SnapshotManifest, after: SnapshotManifest): ChangedFile[] {
  const old = new Map(before.entries.map((entry) => [entry.path, entry]));
  const now = new Map(after.entries.map((entry) => [entry.path, entry]));
  const paths = [...new Set([...old.keys(), ...now.keys()])].sort();
  return paths.flatMap((path) => {
    const [one, other] = [old.get(path), now.get(path)];
    if (JSON.stringify(one) === JSON.stringify(other)) return [];
    const change = one === undefined ? "added" : other === undefined ? "removed" : "changed";
    const texts = [textOf(snapshots, before, one), textOf(snapshots, after, other)] as const;
    return [{ path, change, patch: patchOf(path, ...texts) }];
  });
}

/** The text of an entry, "" where there is none; null for what is not shown as text. */
function textOf(snapshots: string, manifest: SnapshotManifest, entry: SnapshotEntry | undefined): string | null {
  if (entry === undefined) return "";
  if (entry.kind !== "file" || entry.size > LARGEST_TEXT) return null;
  const text = readSnapshotFile(snapshots, manifest, entry.path);
  return text === undefined || text.includes("\0") ? null : text;
}

function patchOf(path: string, before: string | null, after: string | null): string | null {
  if (before === null || after === null || before === after) return null;
  const options = { context: 2, headerOptions: FILE_HEADERS_ONLY };
  const patch = createTwoFilesPatch(path, path, before, after, undefined, undefined, options);
  return patch.length > LONGEST_PATCH ? null : patch;
}
