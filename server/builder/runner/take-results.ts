import { chmod, chown, rename } from "node:fs/promises";
import { join } from "node:path";
import type { AttemptExit } from "#lib/contracts/attempt.ts";
import { readResults } from "#server/kiwi/index.ts";
import { attemptPaths } from "./attempt-folder.ts";
import { digestFile } from "./digest.ts";

/**
 * Moves what KIWI made out of its target folder into `results` and hashes it, or says why it cannot be taken. To be
 * called when no process of the build is left: nobody can swap a file after it was checked.
 */
export async function takeResults(dir: string): Promise<{ results: AttemptExit["results"] } | { problem: string }> {
  const paths = attemptPaths(dir);
  const found = await readResults(paths.target);
  if ("problem" in found) return found;
  const results: AttemptExit["results"] = [];
  for (const file of found.files) {
    const destination = join(paths.results, file.name);
    await rename(file.path, destination);
    await chmod(destination, 0o644);
    await chown(destination, process.getuid?.() ?? 0, process.getgid?.() ?? 0);
    results.push({ key: file.key, name: file.name, ...(await digestFile(destination)) });
  }
  return { results };
}
