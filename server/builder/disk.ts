import { statfsSync } from "node:fs";

/** Bytes below which no build is begun: the smallest image needs some, and a full disk hurts everybody. */
const LEAST_FREE = 1024 ** 3;

/** Why nothing more can be built on the disk of this folder; null where there is room. */
export function diskProblem(folder: string, leastFree = LEAST_FREE): string | null {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= leastFree) return null;
  const free = Math.floor((bavail * bsize) / 1024 ** 2);
  return `The disk of ${folder} is nearly full (${free} MiB free). Delete old builds or make room for at least 1 GiB.`;
}
