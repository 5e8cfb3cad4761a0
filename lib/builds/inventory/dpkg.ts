import type { PackageRecord } from "./package-records.ts";

/** The installed packages of dpkg's `status` file (deb822 paragraphs), without their files. */
export function parseDpkgStatus(text: string): PackageRecord[] {
  return text.split(/\n{2,}/).flatMap((paragraph) => {
    const fields = fieldsOf(paragraph);
    const name = fields.get("package");
    if (name === undefined || fields.get("status")?.endsWith(" installed") !== true) return [];
    return [
      {
        name,
        version: fields.get("version") ?? "",
        architecture: fields.get("architecture") ?? null,
        bytes: Number(fields.get("installed-size") ?? 0) * 1024,
        needs: [...relations(fields.get("pre-depends")), ...relations(fields.get("depends"))],
        provides: relations(fields.get("provides")).flat(),
        files: [],
      },
    ];
  });
}

function fieldsOf(paragraph: string): Map<string, string> {
  const fields = new Map<string, string>();
  // A line that begins with a blank goes on with the field above it.
  for (const field of paragraph.replace(/\n[ \t]+/g, " ").split("\n")) {
    const colon = field.indexOf(":");
    if (colon > 0) fields.set(field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim());
  }
  return fields;
}

/** `a (>= 1) | b, c:any` as [[a, b], [c]]. */
function relations(field: string | undefined): string[][] {
  if (!field) return [];
  return field
    .split(",")
    .map((group) => group.split("|").flatMap((one) => /^\s*([a-z0-9][a-z0-9.+-]*)/.exec(one)?.[1] ?? []));
}
