import { readdir, readlink } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { type PackageRecord, withRequirements } from "#lib/builds/inventory/package-records.ts";
import { type Inventory, ORIGIN } from "#lib/contracts/inventory.ts";
import { writeFileAtomic } from "#server/platform/atomic-file.ts";
import { readPackageDatabase } from "./package-database.ts";
import { listRootFiles } from "./root-files.ts";

/** Lists a root tree and where each of its files came from; `description` is the folder that was built. */
export async function takeInventory(root: string, description: string): Promise<Inventory> {
  const [files, records, overlay, links] = await Promise.all([
    listRootFiles(root),
    readPackageDatabase(root),
    overlayPaths(description),
    topLinks(root),
  ]);
  const owners = ownersOf(records ?? [], links);
  return {
    packages: records === null ? null : withRequirements(records),
    files: files.map(({ path, bytes, content, written }) => {
      // A file of the overlay that stands in for a package's is the overlay's.
      const origin = overlay.has(path) ? ORIGIN.overlay : (owners.get(path) ?? ORIGIN.other);
      return [path, bytes, origin, content, written];
    }),
  };
}

/** Writes the inventory as compressed JSON. */
export async function writeInventory(path: string, inventory: Inventory): Promise<void> {
  await writeFileAtomic(path, await promisify(gzip)(JSON.stringify(inventory)));
}

/** The package's index of each path; where several own one, as of documentation, the first. */
function ownersOf(records: readonly PackageRecord[], links: ReadonlyMap<string, string>): Map<string, number> {
  const owners = new Map<string, number>();
  records.forEach(({ files }, index) => {
    for (const file of files) {
      const path = behindLink(file.slice(1), links);
      if (!owners.has(path)) owners.set(path, index);
    }
  });
  return owners;
}

/** Packages may still name /bin/sh where /bin is a link to usr/bin. */
function behindLink(path: string, links: ReadonlyMap<string, string>): string {
  const slash = path.indexOf("/");
  const target = slash < 0 ? undefined : links.get(path.slice(0, slash));
  return target === undefined ? path : `${target}${path.slice(slash)}`;
}

/** The links among the root's own entries, with what they lead to from the root. */
async function topLinks(root: string): Promise<Map<string, string>> {
  const entries = await readdir(root, { withFileTypes: true });
  const links = entries.filter((entry) => entry.isSymbolicLink());
  return new Map(
    await Promise.all(
      links.map(async ({ name }) => [name, (await readlink(join(root, name))).replace(/^\//, "")] as const),
    ),
  );
}

async function overlayPaths(description: string): Promise<Set<string>> {
  const folder = join(description, "root");
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  return new Set(entries.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1)));
}
