import { imageLints, scriptLints } from "#lib/kiwi/language/rules/lint/index.ts";
import { runtimeRules } from "#lib/kiwi/language/rules/runtime/index.ts";
import type { Entry } from "./entry.ts";
import { formatEntries, jsonEntry } from "./formats.ts";
import { grammarEntries } from "./grammar.ts";
import { includeEntries } from "./includes.ts";
import { schematronEntries, unknownRule } from "./schematron.ts";
import { settingsEntries } from "./settings.ts";
import { syntaxEntries, yamlEntry } from "./syntax.ts";
import { versionEntries } from "./versions.ts";

export { type Entry, isAdjustable } from "./entry.ts";
export { type BuilderCheck, builderChecks } from "./on-builder.ts";

/** Everything that can be wrong with a description, by the layers in which it is found. */
export const catalogue: readonly Entry[] = [
  ...syntaxEntries,
  ...formatEntries,
  ...includeEntries,
  ...versionEntries,
  ...grammarEntries,
  ...schematronEntries,
  ...[...runtimeRules, ...imageLints].filter(({ layer }) => layer === "runtime"),
  ...imageLints.filter(({ layer }) => layer === "lint"),
  ...scriptLints,
  ...settingsEntries,
];

const byCode: ReadonlyMap<string, Entry> = new Map(catalogue.map((entry) => [entry.code, entry]));

/** What a code means; undefined where there is none. Rules of other KIWIs and faults of YAML and JSON have a general entry. */
export function explain(code: string): Entry | undefined {
  const known = byCode.get(code);
  if (known !== undefined) return known;
  if (/^rule-[a-z0-9-]+$/.test(code)) return unknownRule(code);
  if (/^json-[a-z-]+$/.test(code)) return jsonEntry(code);
  return /^yaml-[a-z-]+$/.test(code) ? yamlEntry(code) : undefined;
}
