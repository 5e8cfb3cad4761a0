import type { InventoryPackage } from "#lib/contracts/inventory.ts";

/**
 * Why a package is in an image: the shortest chain of packages, each needed by the one before it, that begins at one
 * of `named` and ends at `wanted`. Null where no named package needs it; a named package is a chain of itself.
 */
export function chainTo(
  packages: readonly InventoryPackage[],
  named: ReadonlySet<string>,
  wanted: string,
): string[] | null {
  const neededBy = new Map<string, string[]>();
  for (const { name, requires } of packages)
    for (const required of requires) neededBy.set(required, [...(neededBy.get(required) ?? []), name]);
  // From the wanted one back to whoever needs it, so that the first named one found is the nearest.
  const next = new Map<string, string | null>([[wanted, null]]);
  const queue = [wanted];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    if (named.has(name)) return chainFrom(name, next);
    for (const user of neededBy.get(name) ?? []) {
      if (next.has(user)) continue;
      next.set(user, name);
      queue.push(user);
    }
  }
  return null;
}

function chainFrom(start: string, next: ReadonlyMap<string, string | null>): string[] {
  const chain: string[] = [];
  for (let name: string | null = start; name !== null; name = next.get(name) ?? null) chain.push(name);
  return chain;
}

/** The packages that need `wanted` directly, sorted. */
export function usersOf(packages: readonly InventoryPackage[], wanted: string): string[] {
  return packages.flatMap(({ name, requires }) => (requires.includes(wanted) ? [name] : [])).sort();
}
