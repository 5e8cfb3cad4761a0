import type { Format } from "#lib/contracts/description.ts";

const byExtension: ReadonlyMap<string, Format> = new Map(
  Object.entries({
    xml: "xml",
    yaml: "yaml",
    yml: "yaml",
    json: "json",
    json5: "json5",
    toml: "toml",
    ini: "ini",
  }),
);

/** The name of a format, for messages. */
export const formatNames: Readonly<Record<Format, string>> = {
  xml: "XML",
  yaml: "YAML",
  json: "JSON",
  json5: "JSON5",
  toml: "TOML",
  ini: "INI",
};

/**
 * What KIWI takes a file for: its extension tells it, in small letters only; in a file with any other, such as `.kiwi`,
 * it looks at the text: what begins with `<` is XML, a section in brackets is INI, and all the rest is YAML.
 */
export function formatOf(path: string, text: string): Format {
  const known = byExtension.get(/\.([^./]+)$/.exec(path)?.[1] ?? "");
  if (known !== undefined) return known;
  const content = text.replace(/^\uFEFF/, "").trimStart();
  if (content.startsWith("<")) return "xml";
  return isIni(content) ? "ini" : "yaml";
}

/** The first line that is no comment is the head of a section. */
function isIni(content: string): boolean {
  for (let at = 0; at < content.length; ) {
    const end = content.indexOf("\n", at);
    const line = content.slice(at, end < 0 ? content.length : end).trim();
    if (line !== "" && !line.startsWith("#")) return /^\[[\w-]+\]/.test(line);
    if (end < 0) return false;
    at = end + 1;
  }
  return false;
}
