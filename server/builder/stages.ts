import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, readlink, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Stages } from "#lib/kiwi/description/stages.ts";
import { STAGES } from "#server/kiwi/index.ts";

/** Lays out the two descriptions of a build that is made in two, beside the whole one. */
export async function layOutStages(dir: string, stages: Stages): Promise<void> {
  const parts = [
    { folder: join(dir, STAGES.packages), texts: stages.packages, without: stages.later },
    { folder: join(dir, STAGES.configuration), texts: stages.configuration, without: stages.sooner },
  ];
  for (const { folder, texts, without } of parts) {
    await mkdir(folder, { recursive: true, mode: 0o755 });
    // The same files under other names; what is to be different is written anew.
    await promisify(execFile)("cp", ["--archive", "--link", `${join(dir, "description")}/.`, folder]);
    for (const name of without) await rm(join(folder, name), { recursive: true, force: true });
    for (const [path, text] of texts) {
      await rm(join(folder, path));
      await writeFile(join(folder, path), text);
    }
  }
}

/** A hash of what a folder holds: names and contents, but for the contents of the files that are named. */
export async function hashFolder(folder: string, except: Iterable<string>): Promise<string> {
  const left = new Set(except);
  const hash = createHash("sha256");
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const paths = entries.map((entry) => ({ entry, path: join(entry.parentPath, entry.name).slice(folder.length + 1) }));
  for (const { entry, path } of paths.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const place = join(folder, path);
    hash.update(`${path}\0`);
    if (entry.isSymbolicLink()) hash.update(await readlink(place));
    else if (entry.isFile() && !left.has(path))
      hash.update(
        createHash("sha256")
          .update(await readFile(place))
          .digest(),
      );
  }
  return hash.digest("hex");
}
