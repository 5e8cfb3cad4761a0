import type { ListedEntry } from "./entry.ts";

/** What repositories of Debian's kind say of themselves and of their packages. */

/** Architectures by KIWI's (the kernel's) names. */
const ARCHITECTURES: ReadonlyMap<string, string> = new Map([
  ["x86_64", "amd64"],
  ["aarch64", "arm64"],
  ["armv7l", "armhf"],
  ["armv6l", "armel"],
  ["i586", "i386"],
  ["i686", "i386"],
  ["ppc64le", "ppc64el"],
  ["riscv64", "riscv64"],
  ["s390x", "s390x"],
]);

/** Debian's name of an architecture. */
export function debianArchitecture(architecture: string): string {
  return ARCHITECTURES.get(architecture) ?? architecture;
}

/** The files that a `Release` or `InRelease` vouches for. */
export interface Release {
  /** By path below the folder of the release. */
  files: ReadonlyMap<string, { sha256: string; size: number }>;
  /** Files can be had by their checksum as well, which stays right while the repository is being renewed. */
  byHash: boolean;
}

/** Reads `Release` or `InRelease`; a signature around it is not looked at. */
export function readRelease(text: string): Release {
  const files = new Map<string, { sha256: string; size: number }>();
  let within = false;
  for (const line of text.split("\n")) {
    if (/^\S/.test(line)) within = /^SHA256:\s*$/.test(line);
    else if (within) {
      const [, sha256, size, path] = /^\s+([0-9a-f]{64})\s+(\d+)\s+(\S+)\s*$/.exec(line) ?? [];
      if (sha256 !== undefined && path !== undefined) files.set(path, { sha256, size: Number(size) });
    }
  }
  return { files, byHash: /^Acquire-By-Hash:\s*yes\s*$/im.test(text) };
}

/** What ends an entry in `Packages`. */
export const STANZA_END = "\n\n";

/** One entry of `Packages`; null where it is none. */
export function readStanza(stanza: string): ListedEntry | null {
  const name = field(stanza, "Package");
  const version = field(stanza, "Version");
  if (name === undefined || version === undefined) return null;
  const kibibytes = field(stanza, "Installed-Size");
  const size = field(stanza, "Size");
  return {
    name,
    version,
    architecture: field(stanza, "Architecture") ?? "all",
    installedSize: kibibytes === undefined ? null : Number(kibibytes) * 1024,
    downloadSize: size === undefined ? null : Number(size),
    summary: field(stanza, "Description") ?? "",
    provides: (field(stanza, "Provides") ?? "").split(",").flatMap((one) => /^\s*([^\s(]+)/.exec(one)?.[1] ?? []),
  };
}

/** The first line of a field. */
function field(stanza: string, name: string): string | undefined {
  const start = stanza.startsWith(`${name}: `) ? 0 : stanza.indexOf(`\n${name}: `) + 1;
  if (start === 0 && !stanza.startsWith(`${name}: `)) return undefined;
  const end = stanza.indexOf("\n", start);
  return stanza.slice(start + name.length + 2, end < 0 ? undefined : end).trim();
}
