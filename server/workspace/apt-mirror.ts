import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** One place that apt gets packages from. */
export interface AptSource {
  uri: string;
  /** For example `bookworm` or `bookworm-updates`. */
  suite: string;
  components: string[];
}

/**
 * The places in the host's apt configuration, in its order; empty on hosts without apt. Only plain http(s) addresses
 * without a password count: others cannot be given to a description.
 */
export async function readAptSources(root = "/etc/apt"): Promise<AptSource[]> {
  const folder = join(root, "sources.list.d");
  const names = (await readdir(folder).catch(() => [])).toSorted((one, other) => (one < other ? -1 : 1));
  const parts = names.map((name) => join(folder, name));
  const files = [join(root, "sources.list"), ...parts].filter((path) => /\.(list|sources)$/.test(path));
  const texts = await Promise.all(files.map((path) => readFile(path, "utf8").catch(() => "")));
  return texts
    .flatMap((text, index) => (files[index]?.endsWith(".sources") ? parseDeb822(text) : parseOneLine(text)))
    .filter(({ uri }) => isPlainAddress(uri));
}

/** The form of `*.list`: `deb [options] uri suite component...` (sources.list(5)). */
export function parseOneLine(text: string): AptSource[] {
  return text.split("\n").flatMap((line) => {
    const fields = line
      .replace(/#.*/, "")
      .trim()
      .replace(/^deb\s+\[[^\]]*\]/, "deb")
      .split(/\s+/);
    const [type, uri, suite, ...components] = fields;
    return type === "deb" && uri && suite ? { uri, suite, components } : [];
  });
}

/** The form of `*.sources`: paragraphs of fields, whose values go on in indented lines (sources.list(5)). */
export function parseDeb822(text: string): AptSource[] {
  const withoutComments = text.replace(/^#.*\n?/gm, "");
  return withoutComments.split(/\n\s*\n/).flatMap((paragraph) => {
    const fields = new Map<string, string[]>();
    for (const [, name = "", value = ""] of paragraph.matchAll(/^([\w-]+):((?:.*)(?:\n[ \t].*)*)/gm))
      fields.set(name.toLowerCase(), value.trim().split(/\s+/));
    if (fields.get("enabled")?.[0] === "no" || !fields.get("types")?.includes("deb")) return [];
    const components = fields.get("components") ?? [];
    return (fields.get("uris") ?? []).flatMap((uri) =>
      (fields.get("suites") ?? []).map((suite) => ({ uri, suite, components })),
    );
  });
}

/** The first address that serves one of these releases; "" where the host has none. */
export function mirrorOf(sources: AptSource[], releases: readonly string[]): string {
  return sources.find(({ suite }) => releases.includes(suite))?.uri.replace(/\/+$/, "") ?? "";
}

/** The first of these releases that the host itself uses. */
export function releaseOf(sources: AptSource[], releases: readonly string[]): string | undefined {
  return sources.find(({ suite }) => releases.includes(suite))?.suite;
}

function isPlainAddress(uri: string): boolean {
  const url = URL.parse(uri);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
}
