import { Document, YAMLMap } from "yaml";
import type { DataFormat } from "./read.ts";
import type { Value } from "./value.ts";
import { writeJsonValue } from "./write-json.ts";
import { tomlEntry } from "./write-toml.ts";
import { yamlPair } from "./write-yaml.ts";
import { resolvePlain } from "./yaml-scalar.ts";

/** A key with its value as it is written into a text of that format; `flow` inside of brackets, in one line. */
export function writeEntry(name: string, value: Value, format: DataFormat, flow: boolean): string {
  if (format === "toml") return flow ? `${writeKey(name, format)} = ${tomlInline(value)}` : tomlEntry(name, value);
  if (format === "yaml" && !flow) {
    const map = new YAMLMap();
    map.items.push(yamlPair(name, value));
    const document = new Document(null, { version: "1.1" });
    document.contents = map;
    return document.toString({ lineWidth: 0, indentSeq: true, directives: false }).trimEnd();
  }
  const text = `${JSON.stringify(name)}: ${writeJsonValue(value)}`;
  return format === "yaml" ? text.replace(/\n\s*/g, " ") : text;
}

/** A key alone. */
export function writeKey(name: string, format: DataFormat): string {
  if (format === "json" || format === "json5") return JSON.stringify(name);
  return /^[@#]/.test(name) ? `"${name}"` : name;
}

/** A value alone, in quotes where the format wants them. */
export function writeText(text: string, format: DataFormat): string {
  return format === "yaml" && resolvePlain(text)?.type === "string" && /^[\w./-]+$/.test(text)
    ? text
    : JSON.stringify(text);
}

function tomlInline(value: Value): string {
  if (value.kind === "scalar") return JSON.stringify(value.text ?? "");
  if (value.kind === "list") return `[${value.items.map(tomlInline).join(", ")}]`;
  return `{${[...value.entries].map(([name, one]) => `${writeKey(name, "toml")} = ${tomlInline(one)}`).join(", ")}}`;
}
