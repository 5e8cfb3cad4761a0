import type { PackageEstimate } from "#lib/contracts/packages.ts";

type Solved = Extract<PackageEstimate, { packages: unknown }>;

/** An estimate in numbers; bytes are what the packages take when they are installed. */
export interface Sum {
  packages: number;
  bytes: number;
}

/** What unsaved changes would change. */
export interface Difference extends Sum {
  added: string[];
  removed: string[];
}

export const sumOf = ({ packages }: Solved): Sum => ({
  packages: packages.length,
  bytes: packages.reduce((sum, { installedSize }) => sum + (installedSize ?? 0), 0),
});

/** What is different from an earlier estimate; null where nothing is. */
export function differenceOf(before: Solved, after: Solved): Difference | null {
  const names = (of: Solved) => of.packages.map(({ name }) => name);
  const [old, now] = [new Set(names(before)), new Set(names(after))];
  const added = names(after).filter((name) => !old.has(name));
  const removed = names(before).filter((name) => !now.has(name));
  if (added.length === 0 && removed.length === 0) return null;
  const [{ bytes: bytesBefore }, { bytes: bytesAfter }] = [sumOf(before), sumOf(after)];
  return { added, removed, packages: added.length - removed.length, bytes: bytesAfter - bytesBefore };
}
