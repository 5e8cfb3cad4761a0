import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Description } from "#lib/contracts/description.ts";
import { type Imported, type ImportLimits, importLimits } from "#lib/contracts/import.ts";
import { type IncomingEntry, refusal } from "./archive/entry.ts";
import { readArchive } from "./archive/read-archive.ts";
import { type IncomingLink, makeLinks, unpack } from "./archive/unpack.ts";
import { searchFolder } from "./discovery.ts";
import { inFolder } from "./image-file.ts";
import { makeFolder } from "./new-folder.ts";
import { overlaysOf } from "./snapshot-walk.ts";

/** What somebody sends: an archive, or the files of a folder, each with its path in there. */
export type Upload =
  | { kind: "archive"; bytes: Buffer }
  | { kind: "files"; files: readonly { path: string; bytes: Buffer }[] };

/**
 * Brings descriptions from elsewhere into a new folder of the workspace, which appears with all its files at once. An
 * archive's only folder becomes that folder. Throws WorkspaceError where the folder exists, for an upload that is not
 * safe, and for one without any description.
 */
export async function importDescription(
  workspace: string,
  folder: string,
  upload: Upload,
  { searchPath, limits = importLimits }: { searchPath: string; limits?: ImportLimits },
): Promise<Imported> {
  let imported: Imported = { descriptions: [], leftOut: [] };
  await makeFolder(workspace, folder, async (unfinished) => {
    const entries = entriesOf(upload, searchPath, limits);
    const { links, leftOut } = await unpack(unfinished, entries, sizeOf(upload), limits);
    const top = await topOf(unfinished, links);
    const filled = join(unfinished, top);
    const inTop = links.map(({ path, target }) => ({ path: top === "" ? path : path.slice(top.length + 1), target }));
    await makeLinks(filled, inTop, overlayFinder((await searchFolder(filled)).descriptions));
    const { descriptions } = await searchFolder(filled);
    if (descriptions.length === 0)
      throw refusal(
        "There is no description in it: no config.xml, no *.kiwi file and no config.yaml, .json or .toml of an image.",
      );
    imported = { descriptions: descriptions.map(({ id }) => inFolder(folder, id)), leftOut };
    return filled;
  });
  return imported;
}

function entriesOf(
  upload: Upload,
  searchPath: string,
  { total }: ImportLimits,
): AsyncIterable<IncomingEntry> | Iterable<IncomingEntry> {
  // Names and blocks come on top of the files.
  if (upload.kind === "archive") return readArchive(upload.bytes, searchPath, 2 * total);
  return upload.files.map(({ path, bytes }) => ({ kind: "file", path, mode: 0o644, bytes: [bytes] }));
}

function sizeOf(upload: Upload): number {
  if (upload.kind === "archive") return upload.bytes.length;
  return upload.files.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

/** The overlay that a path lies in. */
function overlayFinder(descriptions: readonly Description[]) {
  const overlays = descriptions.flatMap((one) => [...overlaysOf(one)].map((name) => inFolder(one.folder, name)));
  return (path: string) => overlays.find((overlay) => path.startsWith(`${overlay}/`)) ?? null;
}

/** The only folder in there that everything lies in; "" where there is none. */
async function topOf(folder: string, links: readonly IncomingLink[]): Promise<string> {
  const [first, ...others] = await readdir(folder, { withFileTypes: true });
  if (!first?.isDirectory() || others.length > 0) return "";
  return links.every(({ path }) => path.startsWith(`${first.name}/`)) ? first.name : "";
}
