import type { InventoryPackage } from "#lib/contracts/inventory.ts";

/** A package as a package database tells it. */
export interface PackageRecord {
  name: string;
  version: string;
  architecture: string | null;
  /** Installed size in bytes. */
  bytes: number;
  /** What it needs: each entry is met by any one of its names. */
  needs: string[][];
  /** Names by which others may need it, besides its own. */
  provides: string[];
  /** Absolute paths of what it brought. */
  files: string[];
}

/** The packages with what each needs as names of packages that are there; what is met by none of them is left out. */
export function withRequirements(records: readonly PackageRecord[]): InventoryPackage[] {
  const providers = new Map<string, string>();
  for (const { name, provides } of records)
    for (const one of provides) if (!providers.has(one)) providers.set(one, name);
  const installed = new Set(records.map(({ name }) => name));
  return records.map(({ name, version, architecture, bytes, needs }) => {
    const found = needs.flatMap((alternatives) => {
      const met = alternatives.find((one) => installed.has(one));
      const provider = alternatives.map((one) => providers.get(one)).find((one) => one !== undefined);
      return met ?? provider ?? [];
    });
    const requires = [...new Set(found)].filter((one) => one !== name);
    return { name, version, architecture, bytes, requires };
  });
}
