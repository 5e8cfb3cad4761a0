import type { PackageRecord } from "./package-records.ts";

/** What `rpm --query --all` is asked for: a package a paragraph, each line named by its first letter. */
export const RPM_QUERY = [
  "P\\t%{NAME}\\t%{EVR}\\t%{ARCH}\\t%{LONGSIZE}\\n",
  "[R\\t%{REQUIRENAME}\\n]",
  "[V\\t%{PROVIDENAME}\\n]",
  "[F\\t%{FILENAMES}\\n]",
].join("");

/** Reads what rpm answers to RPM_QUERY. */
export function parseRpmQuery(text: string): PackageRecord[] {
  const records: PackageRecord[] = [];
  for (const line of text.split("\n")) {
    const [kind, first = "", version = "", architecture = "", bytes = ""] = line.split("\t");
    const record = records.at(-1);
    if (kind === "P" && first !== "") {
      const known = architecture === "" || architecture === "(none)" ? null : architecture;
      records.push({
        name: first,
        version,
        architecture: known,
        bytes: Number(bytes) || 0,
        needs: [],
        provides: [],
        files: [],
      });
    }
    // What rpm itself must be able to do is no package.
    if (kind === "R" && !first.startsWith("rpmlib(")) record?.needs.push([first]);
    if (kind === "V") record?.provides.push(first);
    if (kind === "F") record?.files.push(first);
  }
  // Packages need files as well as names.
  const needed = new Set(records.flatMap(({ needs }) => needs.flat().filter((name) => name.startsWith("/"))));
  for (const record of records) record.provides.push(...record.files.filter((path) => needed.has(path)));
  return records.filter(({ name }) => name !== "gpg-pubkey");
}
