import type { Format } from "#lib/contracts/description.ts";
import type { DataDocument } from "./data.ts";
import { readJson } from "./read-json.ts";
import { readToml } from "./read-toml.ts";
import { readYaml } from "./read-yaml.ts";

/** The formats that are read as data. */
export type DataFormat = Exclude<Format, "xml" | "ini">;

/** Texts of more characters are not read while somebody types; real descriptions have up to 100,000. */
const maxLength = 512 * 1024;

/** Reads a text of a format other than XML. */
export function readData(text: string, format: DataFormat): DataDocument {
  if (text.length > maxLength) {
    const message = `Only texts of up to ${maxLength / 1024} KiB are read in this format.`;
    return { top: null, faults: [{ code: "too-much", message, start: 0, end: 1 }] };
  }
  switch (format) {
    case "yaml":
      return readYaml(text);
    case "json":
    case "json5":
      return readJson(text, format);
    case "toml":
      return readToml(text);
  }
}
