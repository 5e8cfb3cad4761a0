import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** The folder of one attempt of a build. */
export function attemptFolder(buildsDir: string, buildId: string, attempt: number): string {
  return join(buildsDir, buildId, String(attempt));
}

/** Every attempt's folder that lies on this host. */
export async function allAttemptFolders(buildsDir: string): Promise<string[]> {
  const all: string[] = [];
  for (const build of await subfolders(buildsDir))
    for (const attempt of await subfolders(join(buildsDir, build)))
      if (/^\d+$/.test(attempt)) all.push(join(buildsDir, build, attempt));
  return all;
}

/** A folder that somebody deletes at this moment has none. */
async function subfolders(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
