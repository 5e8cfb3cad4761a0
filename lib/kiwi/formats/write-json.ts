import type { Value } from "./value.ts";

/** Writes a description in JSON, which knows no comments. */
export function writeJson(root: Value): string {
  return `{\n  "image": ${writeJsonValue(root, "  ")}\n}\n`;
}

/** A value whose inner lines are indented deeper than `indent`. */
export function writeJsonValue(value: Value, indent = ""): string {
  const inner = `${indent}  `;
  switch (value.kind) {
    case "scalar":
      return JSON.stringify(value.text);
    case "map": {
      const entries = [...value.entries].map(
        ([name, one]) => `${inner}${JSON.stringify(name)}: ${writeJsonValue(one, inner)}`,
      );
      return entries.length === 0 ? "{}" : `{\n${entries.join(",\n")}\n${indent}}`;
    }
    case "list":
      return `[\n${value.items.map((item) => inner + writeJsonValue(item, inner)).join(",\n")}\n${indent}]`;
  }
}
