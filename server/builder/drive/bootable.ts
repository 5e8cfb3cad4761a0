import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { isBootable } from "#lib/builds/result-files.ts";
import { openInside } from "#server/platform/safe-path.ts";
import { readExit } from "../runner/attempt-folder.ts";

/** An image that a machine can be started from. */
export interface Bootable {
  name: string;
  file: FileHandle;
  format: "raw" | "qcow2" | "vmdk" | "vpc" | "vdi";
  medium: "disk" | "cd";
}

const magics: readonly [at: number, magic: string, format: Bootable["format"]][] = [
  [0, "QFI\xfb", "qcow2"],
  [0, "KDMV", "vmdk"],
  [0, "conectix", "vpc"],
  [64, "\x7f\x10\xda\xbe", "vdi"],
];

/** The image of an attempt that a machine can be started from, opened; null where it has made none. */
export async function findBootable(dir: string): Promise<Bootable | null> {
  const results = (await readExit(dir))?.results ?? [];
  for (const { name } of results.filter(isBootable)) {
    const file = await openInside(join(dir, "results"), name).catch(() => null);
    if (file === null) continue;
    const start = Buffer.alloc(72);
    await file.read(start, 0, start.length, 0);
    const format =
      magics.find(([at, magic]) => start.toString("latin1", at, at + magic.length) === magic)?.[2] ?? "raw";
    // Hybrid images of live systems start from a stick just as from a CD.
    return { name, file, format, medium: name.endsWith(".iso") ? "cd" : "disk" };
  }
  return null;
}
