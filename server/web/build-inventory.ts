import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { folderEntries, origins } from "#lib/builds/inventory/sizes.ts";
import { chainTo, usersOf } from "#lib/builds/inventory/why.ts";
import type { Build } from "#lib/contracts/build.ts";
import type { FolderContents, PackageReason, Weights } from "#lib/contracts/build-contents.ts";
import { type Inventory, inventorySchema } from "#lib/contracts/inventory.ts";
import { type Entry, packageLists } from "#lib/kiwi/description/contents.ts";
import { select } from "#lib/kiwi/description/selection.ts";
import { describedBy } from "#lib/kiwi/language/described.ts";
import { builtDescription, inTodaysFile } from "./built-description.ts";
import type { Services } from "./services.ts";

/** An unpacked inventory is large; people look at one or two builds at a time. */
const MOST_KEPT = 3;
const kept = new Map<string, Inventory>();

/** More than anybody reads; the rest of a folder is counted. */
const MOST_ENTRIES = 500;

/** What the root tree of a build held; null where nothing is known of it. Throws BuilderUnreachable. */
export async function readInventory({ builder }: Services, build: Build): Promise<Inventory | null> {
  const key = `${build.id}/${build.attempt}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const bytes = await builder.inventory(build.id, build.attempt);
  if (bytes === null) return null;
  const inventory = inventorySchema.parse(JSON.parse((await promisify(gunzip)(bytes)).toString("utf8")));
  const [oldest] = kept.keys();
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(key, inventory);
  return inventory;
}

/** Where the bytes of a build's image came from; null where nothing is known of it. */
export async function imageWeights(services: Services, build: Build): Promise<Weights | null> {
  const inventory = await readInventory(services, build);
  return inventory && origins(inventory);
}

/** What a folder of a build's image weighs; null where nothing is known of it. */
export async function folderOf(services: Services, build: Build, path: string): Promise<FolderContents | null> {
  const inventory = await readInventory(services, build);
  if (inventory === null) return null;
  const entries = folderEntries(inventory, path);
  const rest = entries.slice(MOST_ENTRIES);
  return {
    bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0),
    entries: entries.slice(0, MOST_ENTRIES),
    more: rest.length,
  };
}

/** Why a package is in a build's image; null where nothing is known of it. */
export async function whyPackage(services: Services, build: Build, name: string): Promise<PackageReason | null> {
  const inventory = await readInventory(services, build);
  if (!inventory?.packages) return null;
  const { entries, placeOf } = await namedPackages(services, build);
  const asked = new Set(build.options.addPackages);
  const chain = chainTo(inventory.packages, new Set([...entries.keys(), ...asked]), name);
  const first = chain?.[0];
  const entry = first === undefined ? undefined : entries.get(first);
  return {
    chain,
    users: usersOf(inventory.packages, name),
    place: entry?.element ? await placeOf(entry) : null,
    asked: first !== undefined && asked.has(first),
  };
}

/** The packages that the description names for what was built, by plain name. */
async function namedPackages(services: Services, build: Build) {
  const built = await builtDescription(services, build);
  const described = built && describedBy(built.composition, null);
  const entries = new Map<string, Entry>();
  if (described !== null) {
    const { profiles, type, architecture } = build;
    const { packages } = packageLists(select(described, { profiles, type, architecture }));
    for (const entry of [...packages.system, ...packages.bootstrap]) entries.set(plainName(entry.name), entry);
  }
  const placeOf = async ({ element }: Entry) => {
    if (!built || element === null) return null;
    const document = built.composition.documentOf(element);
    const { line, column } = document.lines.position(element.start);
    const text = (document.text.split("\n")[line - 1] ?? "").trim();
    return await inTodaysFile(services, build, { file: document.path, line, column, text });
  };
  return { entries, placeOf };
}

/** `libc6:i386`, `curl=8.1-1` and `bash/stable` without what follows the name. */
function plainName(written: string): string {
  return written.split(/[:=/<> ]/)[0] ?? written;
}
