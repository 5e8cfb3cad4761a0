import { existsSync, readFileSync, realpathSync } from "node:fs";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { text as readAll } from "node:stream/consumers";
import { includedPath, includesOf } from "#lib/kiwi/language/includes.ts";
import type { DocumentRequest } from "#lib/kiwi/language/index.ts";
import { readSource } from "#lib/kiwi/language/source-document.ts";
import { findDescriptions } from "#server/workspace/discovery.ts";
import { listFiles } from "#server/workspace/file-tree.ts";
import { isImageFileName } from "#server/workspace/image-file.ts";
import { readRuleSettings } from "#server/workspace/rule-settings.ts";
import { Failure } from "./failure.ts";

/** The name of standard input among files, and what stands for it in reports. */
export const standardInput = "-";

/** The files that names on the command line stand for: of a folder, all descriptions below it. Throws Failure. */
export async function filesOf(name: string): Promise<string[]> {
  if (name === standardInput || !(await isFolder(name))) return [name];
  const { descriptions, truncated } = await findDescriptions(name);
  if (truncated) throw new Failure(`${name} holds more folders than are searched: name some of them.`);
  if (descriptions.length === 0) throw new Failure(`There is no image description in ${name} nor below.`);
  return descriptions.map(({ id }) => join(name, id));
}

/**
 * A question about a file and those of its folder; standard input counts as a `config.xml` of the current folder, or by
 * the name that is given for it. `workspace` is where settings above the folder are looked for if it lies in there;
 * elsewhere they are looked for up to the root of the Git checkout. Throws Failure for what cannot be read.
 */
export async function requestFor(
  file: string,
  { workspace, inputName = "config.xml" }: { workspace?: string; inputName?: string } = {},
): Promise<DocumentRequest> {
  const place = file === standardInput ? inputName : file;
  const own = await realpath(dirname(place)).catch(() => dirname(place));
  const text = file === standardInput ? await readAll(process.stdin) : await readOrFail(file);
  const folder = await folderOfDescription(own, basename(place));
  const path = relative(folder, join(own, basename(place)));
  const mains = (await readdir(folder).catch(() => [])).filter(isImageFileName);
  const root = await settingsRoot(folder, workspace);
  return {
    path,
    text,
    read: (name) => readInside(folder, name),
    // What comes from standard input is to be judged as a whole description.
    mains: [...new Set(file === standardInput ? [...mains, path] : mains)].sort(),
    entries: (await listFiles(folder, "")).map((entry) => (entry.kind === "directory" ? `${entry.path}/` : entry.path)),
    settings: await readRuleSettings(root, relative(root, folder)),
  };
}

async function isFolder(name: string): Promise<boolean> {
  return stat(name).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

function readOrFail(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error: unknown) => {
    throw new Failure(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
}

/**
 * The folder of the description that a file belongs to: of a fragment the nearest one above it, inside the Git checkout,
 * that holds an image file which includes it; else its own.
 */
async function folderOfDescription(own: string, name: string): Promise<string> {
  if (isImageFileName(name)) return own;
  for (let at = own; ; at = dirname(at)) {
    const path = relative(at, join(own, name));
    const mains = (await readdir(at).catch(() => [])).filter(isImageFileName);
    const isIncluding = (main: string) =>
      includesOf(readSource(main, readInside(at, main) ?? "")).some((one) => includedPath(one, main) === path);
    if (mains.some(isIncluding)) return at;
    if (existsSync(join(at, ".git")) || at === dirname(at)) return own;
  }
}

async function settingsRoot(folder: string, workspace: string | undefined): Promise<string> {
  const known = workspace === undefined ? undefined : await realpath(workspace).catch(() => undefined);
  if (known !== undefined && !relative(known, folder).startsWith("..")) return known;
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (at === dirname(at)) return folder;
  }
}

/** Text of a file of the folder; undefined where there is none or a link leads out of the folder. */
function readInside(folder: string, path: string): string | undefined {
  try {
    const real = realpathSync(join(folder, path));
    if (relative(folder, real).startsWith("..")) return undefined;
    return readFileSync(real, "utf8");
  } catch {
    return undefined;
  }
}
