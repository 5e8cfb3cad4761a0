import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Everything that the production build of the web application is made from. */
const SOURCES = [
  "app",
  "components",
  "lib",
  "pages",
  "public",
  "server/db",
  "server/platform",
  "server/web",
  "server/workspace",
  "next.config.js",
  "package-lock.json",
  "proxy.ts",
  "tsconfig.json",
];

/** Names the present state of the web application's sources: 16 hexadecimal digits of a hash over names and contents. */
export async function hashWebSources(project: string): Promise<string> {
  const files = (await Promise.all(SOURCES.map((source) => filesBelow(project, source)))).flat().sort();
  const hash = createHash("sha256");
  for (const file of files) {
    const content = createHash("sha256").update(await readFile(join(project, file)));
    hash.update(`${file}\0${content.digest("hex")}\n`);
  }
  return hash.digest("hex").slice(0, 16);
}

async function filesBelow(project: string, path: string): Promise<string[]> {
  // A folder, a file, or nothing: not every project has a `public` folder.
  const entries = await readdir(join(project, path), { withFileTypes: true, recursive: true }).catch(
    (error: NodeJS.ErrnoException) => (error.code === "ENOENT" ? [] : null),
  );
  if (entries === null) return [path];
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(project.length + 1));
}
