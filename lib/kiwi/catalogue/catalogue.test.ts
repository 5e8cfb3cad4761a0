import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { testKiwis } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { ruleCode } from "#lib/schematron/check.ts";
import { readRules } from "#lib/schematron/rules.ts";
import { catalogue, explain } from "./index.ts";

const lib = join(import.meta.dirname, "../..");
const known = new Set(catalogue.map(({ code }) => code));

/** Rules of schemas have entries of their own; faults of YAML and JSON share a general one. */
const isExplained = (code: string) => known.has(code) || (/^(?:yaml|json)-/.test(code) && explain(code) !== undefined);

/** Codes as they are written in the sources: `code: "…"`, and the first argument of what reports. */
function codesIn(source: string): string[] {
  const calls = /(?:\bcode: |\bcode = |(?:report|fault|fail|#fault)\(\s*)"([a-z0-9]+(?:-[a-z0-9]+)+)"/g;
  return [...source.matchAll(calls)].map((match) => match[1] ?? "");
}

test("every code that the sources name is explained", () => {
  const places = ["xml", "relaxng", "schematron", "kiwi/language", "kiwi/formats"].map((folder) => `${folder}/**/*.ts`);
  const files = places.flatMap((place) => globSync(place, { cwd: lib })).filter((file) => !/test|fixes/.test(file));
  const unknown = files.flatMap((file) =>
    codesIn(readFileSync(join(lib, file), "utf8")).flatMap((code) => (isExplained(code) ? [] : [`${file}: ${code}`])),
  );
  expect(files.length).toBeGreaterThan(50);
  expect(unknown).toEqual([]);
});

describe.each(testKiwis)("KIWI $version", (kiwi) => {
  test("every rule of its schema is explained", () => {
    const { patterns } = readRules(kiwi.schema().grammar.root);
    const codes = patterns.filter(({ rules }) => rules.length > 0).map(({ id }) => ruleCode(id));
    expect(codes.length).toBeGreaterThan(50);
    expect(codes.filter((code) => !known.has(code))).toEqual([]);
  });
});
