import { isMap, isScalar, parseDocument } from "yaml";
import { ruleSettingsSchema } from "#lib/contracts/rule-settings.ts";
import { lineEndOf, lineStart, ownIndent } from "#lib/xml/edit/layout.ts";
import type { TextEdit } from "#lib/xml/edit/text-edit.ts";

/** What switches a rule off in a settings file, or makes an empty text one; null where the text is something else. */
export function switchedOff(text: string, code: string): TextEdit | null {
  if (text.trim() === "") return { start: 0, end: text.length, text: written({ [code]: "off" }, "\n") };
  const rules = rulesOf(text);
  if (rules === null) return null;
  // JSON is YAML, and the reader of YAML knows places.
  const map = parseDocument(text).get("rules", true);
  const own = isMap(map) ? map.items.find(({ key }) => isScalar(key) && key.value === code)?.value : undefined;
  if (isScalar(own) && own.range) return { start: own.range[0], end: own.range[1], text: '"off"' };
  const last = isMap(map) ? map.items.at(-1) : undefined;
  if (last === undefined || !isScalar(last.key) || !isScalar(last.value) || !last.key.range || !last.value.range) {
    return { start: 0, end: text.length, text: written({ ...rules, [code]: "off" }, lineEndOf(text)) };
  }
  const indent = ownIndent(text, last.key.range[0]);
  const gap = indent === null || lineStart(text, last.key.range[0]) === 0 ? " " : lineEndOf(text) + indent;
  const at = last.value.range[1];
  return { start: at, end: at, text: `,${gap}${JSON.stringify(code)}: "off"` };
}

function rulesOf(text: string): Record<string, string> | null {
  try {
    return ruleSettingsSchema.parse(JSON.parse(text)).rules;
  } catch {
    return null;
  }
}

function written(rules: Record<string, string>, lineEnd: string): string {
  return `${JSON.stringify({ rules }, null, 2)}\n`.replaceAll("\n", lineEnd);
}
