import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, join } from "node:path";

/** Where builds look for programs: the same on every host, whatever the daemon was started from. */
export const BUILD_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** The first executable file of that name on the search path; null where there is none. */
export async function findProgram(name: string, path: string = BUILD_PATH): Promise<string | null> {
  for (const folder of path.split(delimiter)) {
    const candidate = join(folder, name);
    if (folder !== "" && (await isExecutable(candidate))) return candidate;
  }
  return null;
}

/** Whether a path leads to a regular file that we may run. */
export async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
