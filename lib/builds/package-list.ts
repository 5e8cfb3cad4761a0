/**
 * The `.packages` file that KIWI writes beside each image: one package a line, seven fields between bars
 * (name, epoch, version, release, architecture, disturl, licence); what a package manager does not have is `None` or
 * `(none)`.
 */

/** How a package is named to other tools: the package types of package URLs. */
export type PackageFormat = "rpm" | "deb" | "alpm";

export interface InstalledPackage {
  name: string;
  /** As the package manager writes it, with epoch and release. */
  version: string;
  architecture: string | null;
  licence: string | null;
}

export interface PackageList {
  format: PackageFormat;
  /** Sorted by name, then by architecture. */
  packages: InstalledPackage[];
}

const FIELDS = 7;

/** Reads a `.packages` file; lines that are none of its kind are passed over. */
export function parsePackages(text: string): PackageList {
  const rows = text.split("\n").flatMap((line) => {
    const fields = line.split("|");
    if (fields.length < FIELDS || !fields[0]) return [];
    const [name = "", epoch, version, release, architecture, , ...licence] = fields;
    // The keys that rpm trusts are listed among its packages.
    if (name === "gpg-pubkey") return [];
    return [
      {
        name,
        epoch: known(epoch),
        version: known(version) ?? "",
        release: known(release),
        architecture: known(architecture),
        licence: known(licence.join("|")),
      },
    ];
  });
  const packages = rows.map(({ name, epoch, version, release, architecture, licence }) => ({
    name,
    version: `${epoch === null || epoch === "0" ? "" : `${epoch}:`}${version}${release === null ? "" : `-${release}`}`,
    architecture,
    licence,
  }));
  packages.sort((one, other) => compare(one.name, other.name) || compare(one.architecture, other.architecture));
  return { format: formatOf(rows), packages };
}

/** Only rpm tells licences and disturls; pacman's list has no architectures and its versions hold their release. */
function formatOf(rows: readonly { architecture: string | null; licence: string | null; epoch: string | null }[]) {
  if (rows.some(({ licence }) => licence !== null)) return "rpm";
  return rows.some(({ architecture }) => architecture !== null) ? "deb" : "alpm";
}

function known(field: string | undefined): string | null {
  return field === undefined || field === "" || field === "None" || field === "(none)" ? null : field;
}

function compare(one: string | null, other: string | null): number {
  return (one ?? "") < (other ?? "") ? -1 : one === other ? 0 : 1;
}

export interface PackageChange {
  name: string;
  architecture: string | null;
  /** The versions in both builds; null where the package is not in that build. */
  before: string | null;
  after: string | null;
}

/**
 * What is different between two lists, by name. A package is the same one by name and architecture; of one that is
 * installed in several versions (as kernels are) the versions that both have do not count.
 */
export function packageChanges(
  before: readonly InstalledPackage[],
  after: readonly InstalledPackage[],
): PackageChange[] {
  const [old, now] = [versionsByKey(before), versionsByKey(after)];
  const keys = [...new Set([...old.keys(), ...now.keys()])].sort();
  return keys.flatMap((key) => {
    const [name = "", architecture = ""] = key.split("|");
    const gone = (old.get(key) ?? []).filter((version) => !now.get(key)?.includes(version));
    const come = (now.get(key) ?? []).filter((version) => !old.get(key)?.includes(version));
    return Array.from({ length: Math.max(gone.length, come.length) }, (_, index) => ({
      name,
      architecture: architecture || null,
      before: gone[index] ?? null,
      after: come[index] ?? null,
    }));
  });
}

function versionsByKey(packages: readonly InstalledPackage[]): Map<string, string[]> {
  const versions = new Map<string, string[]>();
  for (const { name, architecture, version } of packages) {
    const key = `${name}|${architecture ?? ""}`;
    versions.set(key, [...(versions.get(key) ?? []), version]);
  }
  return versions;
}
