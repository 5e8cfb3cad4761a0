import { realpath } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import { openRegular } from "#server/platform/safe-path.ts";

/** A file that KIWI says it has made, checked to be a regular file inside the target folder. */
export type BuiltFile = {
  /** KIWI's key, for example `disk_image`. */
  key: string;
  name: string;
  /** Its real path. */
  path: string;
  size: number;
};

/** The results of a build, or why they cannot be taken, in words. */
export type Results = { files: BuiltFile[] } | { problem: string };

const entrySchema = z.object({ filename: z.string() });

/** A list of results has a few kilobytes; whatever is larger was not written by KIWI. */
const LIST_LIMIT = 1024 * 1024;

/**
 * Reads `kiwi.result.json` (KIWI 9.24 to 11). Hooks of the description run as root and may have written anything there,
 * so each path is checked. `kiwi.result` is never read: loading a Python pickle runs what is in it.
 */
export async function readResults(targetDir: string): Promise<Results> {
  const root = await realpath(targetDir);
  const list = await readList(join(root, "kiwi.result.json"));
  if (list === null)
    return { problem: "KIWI ended without error but left no readable list of results (kiwi.result.json)." };
  const files: BuiltFile[] = [];
  for (const [key, value] of Object.entries(list)) {
    // The one entry that names no file: how bundles are to be named.
    if (key === "bundle_format") continue;
    const entry = entrySchema.safeParse(value);
    if (!entry.success) return { problem: `KIWI's list of results names no file for "${key}".` };
    const file = await checkFile(root, key, entry.data.filename);
    if ("problem" in file) return file;
    files.push(file);
  }
  const twice = files.find((file, index) => files.findIndex(({ name }) => name === file.name) !== index);
  if (twice) return { problem: `Two results have the name "${twice.name}".` };
  return files.length === 0 ? { problem: "KIWI's list of results is empty." } : { files };
}

async function checkFile(root: string, key: string, path: string): Promise<BuiltFile | { problem: string }> {
  const name = basename(path);
  if (!/^[\w+~-][\w.+~-]*$/.test(name)) return { problem: `The result "${key}" has an unusual file name: "${name}".` };
  const file = await openRegular(path).catch((error: Error) => error);
  if (file instanceof Error) return { problem: `The result "${key}" is no readable file: ${file.message}` };
  try {
    const real = await realpath(path);
    if (!real.startsWith(`${root}/`)) return { problem: `The result "${key}" lies outside the target folder: ${path}` };
    return { key, name, path: real, size: (await file.stat()).size };
  } finally {
    await file.close();
  }
}

async function readList(path: string): Promise<Record<string, unknown> | null> {
  const file = await openRegular(path).catch(() => null);
  if (file === null) return null;
  try {
    if ((await file.stat()).size > LIST_LIMIT) return null;
    return z.record(z.string(), z.unknown()).parse(JSON.parse(await file.readFile("utf8")));
  } catch {
    return null;
  } finally {
    await file.close();
  }
}
