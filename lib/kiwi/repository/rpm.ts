import type { ListedEntry } from "./entry.ts";

/** What repositories with `repodata/` say of their packages. Programs write these files, always in the same way. */

/** Where the list of packages is, below the repository's address, and its checksum. */
export interface PrimaryList {
  path: string;
  sha256: string | null;
  size: number | null;
}

/** Reads `repodata/repomd.xml`; null where it names no list of packages. */
export function readRepomd(text: string): PrimaryList | null {
  const data = /<data\s+type="primary"\s*>(.*?)<\/data>/s.exec(text)?.[1];
  const path = data === undefined ? undefined : attribute(data, "location", "href");
  if (data === undefined || path === undefined) return null;
  const sha256 = /<checksum\s+type="sha256"\s*>\s*([0-9a-f]{64})\s*</.exec(data)?.[1];
  const size = /<size>\s*(\d+)\s*</.exec(data)?.[1];
  return { path, sha256: sha256 ?? null, size: size === undefined ? null : Number(size) };
}

/** What ends an entry in `primary.xml`. */
export const PACKAGE_END = "</package>";

/** One entry of `primary.xml`; null where it is none, or a source package. */
export function readPackage(record: string): ListedEntry | null {
  const name = content(record, "name");
  const architecture = content(record, "arch");
  if (name === undefined || architecture === undefined || architecture === "src") return null;
  const version = attribute(record, "version", "ver");
  const release = attribute(record, "version", "rel");
  const [installed, download] = ["installed", "package"].map((size) => attribute(record, "size", size));
  const provided = /<rpm:provides>(.*?)<\/rpm:provides>/s.exec(record)?.[1] ?? "";
  return {
    name,
    architecture,
    version: [version, release].filter(Boolean).join("-"),
    installedSize: installed === undefined ? null : Number(installed),
    downloadSize: download === undefined ? null : Number(download),
    summary: content(record, "summary") ?? "",
    provides: [...provided.matchAll(/<rpm:entry\b[^>]*?\sname="([^"]*)"/g)].map(([, one = ""]) => decode(one)),
  };
}

function content(record: string, name: string): string | undefined {
  const text = new RegExp(`<${name}(?:\\s[^>]*)?>([^<]*)</${name}>`).exec(record)?.[1];
  return text === undefined ? undefined : decode(text.trim());
}

function attribute(record: string, element: string, name: string): string | undefined {
  const value = new RegExp(`<${element}\\s[^>]*?\\b${name}="([^"]*)"`).exec(record)?.[1];
  return value === undefined ? undefined : decode(value);
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

const decode = (text: string) => text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ENTITIES[name] ?? "");
