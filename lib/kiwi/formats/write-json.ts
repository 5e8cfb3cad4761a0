import type { Value } from "./value.ts";

/** Writes a description in JSON, which knows no comments. */
export function writeJson(root: Value): string {
  return `{\n  "image": ${write(root, "  ")}\n}\n`;
}

function write(value: Value, indent: string): string {
  const inner = `${indent}  `;
  switch (value.kind) {
    case "scalar":
      return JSON.stringify(value.text);
    case "map": {
      const entries = [...value.entries].map(([name, one]) => `${inner}${JSON.stringify(name)}: ${write(one, inner)}`);
      return entries.length === 0 ? "{}" : `{\n${entries.join(",\n")}\n${indent}}`;
    }
    case "list":
      return `[\n${value.items.map((item) => inner + write(item, inner)).join(",\n")}\n${indent}]`;
  }
}
