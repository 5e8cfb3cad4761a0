import { type Inventory, ORIGIN } from "#lib/contracts/inventory.ts";

/** A part of an image with what it weighs. */
export interface Weight {
  name: string;
  bytes: number;
  /** How many files it has. */
  files: number;
}

/** An entry of a folder. */
export interface FolderEntry extends Weight {
  folder: boolean;
  /** Of a file: the package that brought it, "overlay", or "" where scripts made it. Of a folder: "". */
  origin: string;
}

/** What the entries of a folder weigh, with all below them, heaviest first; `path` is "" for the root. */
export function folderEntries({ files, packages }: Inventory, path: string): FolderEntry[] {
  const prefix = path === "" ? "" : `${path}/`;
  const entries = new Map<string, FolderEntry>();
  for (const [file, bytes, owner] of files) {
    if (!file.startsWith(prefix)) continue;
    const rest = file.slice(prefix.length);
    const slash = rest.indexOf("/");
    const name = slash < 0 ? rest : rest.slice(0, slash);
    const entry = entries.get(name);
    if (entry === undefined) {
      const origin = slash >= 0 ? "" : owner === ORIGIN.overlay ? "overlay" : (packages?.[owner]?.name ?? "");
      entries.set(name, { name, bytes, files: 1, folder: slash >= 0, origin });
    } else {
      entry.bytes += bytes;
      entry.files++;
    }
  }
  return [...entries.values()].sort(heaviestFirst);
}

export interface Origins {
  /** Each package with files, heaviest first. */
  packages: Weight[];
  overlay: Weight;
  /** What neither a package nor the overlay brought: made by scripts, of the description or of packages. */
  other: Weight;
}

/** Where the bytes of an image came from. */
export function origins({ files, packages }: Inventory): Origins {
  const weights = (packages ?? []).map(({ name }): Weight => ({ name, bytes: 0, files: 0 }));
  const overlay: Weight = { name: "overlay", bytes: 0, files: 0 };
  const other: Weight = { name: "other", bytes: 0, files: 0 };
  for (const [, bytes, owner] of files) {
    const weight = owner === ORIGIN.overlay ? overlay : (weights[owner] ?? other);
    weight.bytes += bytes;
    weight.files++;
  }
  return { packages: weights.filter((weight) => weight.files > 0).sort(heaviestFirst), overlay, other };
}

function heaviestFirst(one: Weight, other: Weight): number {
  return other.bytes - one.bytes || (one.name < other.name ? -1 : 1);
}
