import type { Build } from "#lib/contracts/build.ts";
import type { PlacedCause } from "#lib/contracts/failure-rule.ts";
import type { SnapshotManifest } from "#lib/contracts/snapshot.ts";
import type { Composition } from "#lib/kiwi/language/includes.ts";
import { createReader } from "#lib/kiwi/language/reading.ts";
import { readSources } from "#server/workspace/file-tree.ts";
import { splitId } from "#server/workspace/image-file.ts";
import { readManifest, readSnapshotFile } from "#server/workspace/snapshot-file.ts";
import { readText } from "#server/workspace/text-file.ts";
import type { Services } from "./services.ts";

/** A description as it was built, parsed, with the texts of its files. */
export interface BuiltDescription {
  composition: Composition;
  manifest: SnapshotManifest;
  read: (path: string) => string | undefined;
}

/** Null where the snapshot is gone. */
export async function builtDescription({ config }: Services, build: Build): Promise<BuiltDescription | null> {
  const { snapshots } = config.paths;
  const manifest = await readManifest(snapshots, build.snapshot);
  if (manifest === null) return null;
  const read = (path: string) => readSnapshotFile(snapshots, manifest, path);
  return { composition: compositionOf(manifest.imageFile, read), manifest, read };
}

/** The same description as it is on disk now, with the versions of its files; null where it is gone. */
export async function todaysDescription(
  { config }: Services,
  build: Build,
): Promise<{ composition: Composition; versions: ReadonlyMap<string, string> } | null> {
  const { folder, file } = splitId(build.description);
  const sources = await readSources(config.workspaceDir, folder).catch(() => []);
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  if (!texts.has(file)) return null;
  const versions = new Map(sources.map(({ path, version }) => [path, version]));
  return { composition: compositionOf(file, (path) => texts.get(path)), versions };
}

function compositionOf(imageFile: string, read: (path: string) => string | undefined): Composition {
  const text = read(imageFile) ?? "";
  return createReader({ xmlThroughMarkup: false })({ path: imageFile, text, read, mains: [imageFile] }).contexts[0];
}

/** Follows a line to where it stands today; what is not there any more keeps its old number. */
export async function inTodaysFile({ config }: Services, build: Build, place: PlacedCause): Promise<PlacedCause> {
  const { folder } = splitId(build.description);
  const file = await readText(config.workspaceDir, folder, place.file).catch(() => null);
  const lines = file?.text.split("\n") ?? [];
  const same = lines.flatMap((line, index) => (line.trim().startsWith(place.text) ? [index + 1] : []));
  const [nearest] = same.sort((one, other) => Math.abs(one - place.line) - Math.abs(other - place.line));
  return nearest === undefined ? place : { ...place, line: nearest };
}
