import type { Build, ResultFile } from "#lib/contracts/build.ts";

/** KIWI's keys of the lists that it writes beside an image. */
export const listKeys = { packages: "image_packages", changes: "image_changes", verified: "image_verified" } as const;

const lists: ReadonlySet<string> = new Set(Object.values(listKeys));

/** The result files that are the image itself. */
export function imageFiles({ results }: Pick<Build, "results">): ResultFile[] {
  return results.filter(({ key }) => !lists.has(key));
}

/** Bytes of the image, all its files together. */
export function imageBytes(build: Pick<Build, "results">): number {
  return imageFiles(build).reduce((sum, { size }) => sum + size, 0);
}

/** Whether a machine can be started from a result: a disk, or a live or installation system. */
export function isBootable({ key, name }: Pick<ResultFile, "key" | "name">): boolean {
  return /^(?:disk|live|installation)_(?:format_)?image$/.test(key) && !/\.(?:xz|gz|zst)$/.test(name);
}
