import type { Format } from "#lib/contracts/description.ts";
import type { DataDocument } from "./data.ts";
import { readJson } from "./read-json.ts";
import { readToml } from "./read-toml.ts";
import { readYaml } from "./read-yaml.ts";

/** The formats that are read as data. */
export type DataFormat = Exclude<Format, "xml" | "ini">;

/** Longer texts would take longer to read than a keystroke may last; real descriptions have up to 100,000 characters. */
const maxLength: Readonly<Record<DataFormat, number>> = {
  yaml: 200 * 1024,
  json: 1024 * 1024,
  json5: 1024 * 1024,
  toml: 512 * 1024,
};

/** Reads a text of a format other than XML. */
export function readData(text: string, format: DataFormat): DataDocument {
  if (text.length > maxLength[format]) {
    const message = `This was not checked: texts in this format are read up to ${maxLength[format] / 1024} KiB.`;
    return { top: null, faults: [{ code: "too-long", message, start: 0, end: 1 }], unread: true };
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
