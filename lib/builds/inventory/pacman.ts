import type { PackageRecord } from "./package-records.ts";

/** A package of pacman's local database: the texts of its `desc` and `files`, sections of lines below `%NAME%`. */
export function parsePacmanPackage(desc: string, files: string): PackageRecord | null {
  const sections = new Map([...sectionsOf(desc), ...sectionsOf(files)]);
  const first = (name: string) => sections.get(name)?.[0];
  const name = first("NAME");
  if (name === undefined) return null;
  return {
    name,
    version: first("VERSION") ?? "",
    architecture: first("ARCH") ?? null,
    bytes: Number(first("SIZE") ?? 0),
    needs: (sections.get("DEPENDS") ?? []).map((one) => [plainName(one)]),
    provides: (sections.get("PROVIDES") ?? []).map(plainName),
    files: (sections.get("FILES") ?? []).filter((path) => !path.endsWith("/")).map((path) => `/${path}`),
  };
}

function sectionsOf(text: string): Map<string, string[]> {
  const sections = new Map<string, string[]>();
  for (const block of text.split(/\n{2,}/)) {
    const [head = "", ...lines] = block.trim().split("\n");
    const name = /^%(\w+)%$/.exec(head)?.[1];
    if (name !== undefined) sections.set(name, lines);
  }
  return sections;
}

/** `libc.so=6-64` and `bash>=5` without what follows the name. */
function plainName(relation: string): string {
  return relation.split(/[<>=:]/)[0] ?? relation;
}
