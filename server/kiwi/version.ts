/** A KIWI version as numbers, for example [11, 1, 6]. */
export type KiwiVersion = readonly [major: number, minor: number, patch: number];

/** The oldest KIWI whose command line and result files we know. */
export const OLDEST_VERSION: KiwiVersion = [9, 24, 0];

/** Finds the version in what `kiwi-ng --version` prints, or in the version's own text; null where there is none. */
export function parseVersion(text: string): KiwiVersion | null {
  const match = /(?:^|\bversion )(\d+)\.(\d+)(?:\.(\d+))?/m.exec(text);
  return match === null ? null : [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
}

/** Negative where `a` is older than `b`, 0 for equal, positive where it is newer. */
export function compareVersions(a: KiwiVersion, b: KiwiVersion): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
