import { createReadStream } from "node:fs";
import { access, readdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { doubtIn } from "#lib/kiwi/log/doubts.ts";
import { namesInArchive } from "./archive-check.ts";

/** What was found out about an image that KIWI calls done. */
export type Findings = { failures: string[]; warnings: string[] };

/** Looks through a log for lines that tell of a broken image though KIWI went on. */
export async function doubtsIn(log: string): Promise<Findings> {
  const found = { failure: new Set<string>(), warning: new Set<string>() };
  for await (const line of createInterface({ input: createReadStream(log) })) {
    const doubt = doubtIn(line);
    if (doubt !== null && found[doubt.kind].size < 20) found[doubt.kind].add(doubt.message);
  }
  return { failures: [...found.failure], warnings: [...found.warning] };
}

/** What KIWI leaves out of an archive of the root tree. */
const LEFT_OUT = /^(?:image|proc|sys|dev|run|tmp|var\/cache\/kiwi|\.profile|\.kconfig|\.buildenv|\.kiwi[^/]*)(?:\/|$)/;

/**
 * Compares an archive of the root tree with the tree. KIWI packs it by a shell that does not tell when `tar` fails. Null
 * where the archive is whole, else what is wrong.
 */
export async function findMissing(archive: string, root: string): Promise<string | null> {
  // A description may leave out more by a list of its own.
  if (await isThere(join(root, "image", "exclude_files.yaml"))) return null;
  let names: Set<string>;
  try {
    names = await namesInArchive(archive);
  } catch {
    return "The archive that KIWI made cannot be read: it is damaged or cut off.";
  }
  const entries = await readdir(root, { withFileTypes: true, recursive: true });
  const paths = entries
    // Sockets cannot be archived.
    .filter((entry) => !entry.isSocket())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  const missing = paths.filter((path) => !LEFT_OUT.test(path) && !names.has(path));
  if (missing.length === 0) return null;
  return `The archive that KIWI made lacks ${missing.length} of ${paths.length} entries of the root tree, for example "${missing[0]}".`;
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
