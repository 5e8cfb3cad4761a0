import { applyEdits, areDisjoint, type TextEdit } from "#lib/xml/edit/text-edit.ts";
import type { Data } from "../data.ts";
import { type DataFormat, readData } from "../read.ts";
import { layOutJson } from "./json.ts";
import { layOutToml } from "./toml.ts";
import { layOutYaml } from "./yaml.ts";

/** What a text of a format other than XML is laid out by. */
export interface DataLayout {
  /** One level. */
  indent: string;
  lineEnd: string;
}

/**
 * The edits that lay out a text which is not XML and has no faults: nothing but blanks changes, and comments stay. Null
 * where that cannot be done without changing what the text says.
 */
export function layOutData(text: string, format: DataFormat, layout: DataLayout): TextEdit[] | null {
  const edits = layOut(text, format, layout);
  if (edits === null || !areDisjoint(edits)) return null;
  const [before, after] = [readData(text, format), readData(applyEdits(text, edits), format)];
  return after.faults.length === 0 && isSame(before.top, after.top) ? edits : null;
}

function layOut(text: string, format: DataFormat, layout: DataLayout): TextEdit[] | null {
  if (format === "yaml") return layOutYaml(text, layout);
  return format === "toml" ? layOutToml(text, layout) : layOutJson(text, layout);
}

function isSame(one: Data | null, other: Data | null): boolean {
  return JSON.stringify(one, withoutPlaces) === JSON.stringify(other, withoutPlaces);
}

const places: ReadonlySet<string> = new Set(["start", "end", "innerStart", "innerEnd"]);

const withoutPlaces = (key: string, value: unknown) => (places.has(key) ? undefined : value);
