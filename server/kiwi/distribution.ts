import { readFile } from "node:fs/promises";

/** The package managers that we can name packages for. */
export type PackageFamily = "apt" | "dnf" | "zypper";

export type Distribution = {
  /** For people, for example "Debian GNU/Linux 12 (bookworm)". */
  name: string;
  /** null = a distribution whose package names we do not know. */
  family: PackageFamily | null;
};

const FAMILIES: readonly [PackageFamily, readonly string[]][] = [
  ["apt", ["debian", "ubuntu"]],
  ["dnf", ["fedora", "rhel", "centos", "almalinux", "rocky"]],
  ["zypper", ["suse", "opensuse", "sles", "opensuse-leap", "opensuse-tumbleweed"]],
];

/** Reads which distribution this host is (os-release(5)). */
export async function readDistribution(path = "/etc/os-release"): Promise<Distribution> {
  return parseOsRelease(await readFile(path, "utf8").catch(() => ""));
}

export function parseOsRelease(text: string): Distribution {
  const field = (name: string) => new RegExp(`^${name}=["']?(.*?)["']?$`, "m").exec(text)?.[1] ?? "";
  const ids = [field("ID"), ...field("ID_LIKE").split(" ")];
  const family = FAMILIES.find(([, members]) => ids.some((id) => members.includes(id)))?.[0] ?? null;
  return { name: field("PRETTY_NAME") || field("NAME") || field("ID") || "Linux", family };
}
