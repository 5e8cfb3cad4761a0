import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Problem } from "#lib/contracts/problem.ts";
import { compileSchema, createLanguage, type Language, type Schema } from "../index.ts";

const project = fileURLToPath(new URL("../../../..", import.meta.url));

/** The KIWI whose schema the tests use; the schema is never part of this project. */
export const schemaPath: string | undefined = [
  ...(process.env["KIWI_WORKBENCH_TEST_SCHEMA"] === undefined ? [] : [process.env["KIWI_WORKBENCH_TEST_SCHEMA"]]),
  ...globSync(join(project, ".cache/kiwi/**/kiwi.rng")),
].find((path) => existsSync(path));

if (schemaPath === undefined) {
  console.warn("No kiwi.rng found (KIWI_WORKBENCH_TEST_SCHEMA names one): tests that need KIWI's schema are skipped.");
}

/** The schema's text, or null where no KIWI is installed: then tests that need it are to be skipped. */
export const schemaText: string | null = schemaPath === undefined ? null : readFileSync(schemaPath, "utf8");

export function testSchema(): Schema {
  if (newest === undefined) throw new Error("this test must be skipped where no KIWI is installed");
  return newest.schema();
}

/** The language service without rules: descriptions of tests are short, and would break most of them. */
export function testLanguage(): Language {
  return withoutRules(createLanguage({ schema: testSchema(), kiwiVersion: "11", schemaVersion: null }));
}

/** Leaves out what runtime checks and lints find. */
export function withoutRules(language: Language): Language {
  const isOfSchema = ({ layer }: Problem) => layer !== "runtime" && layer !== "lint";
  return { ...language, validate: (request) => language.validate(request).filter(isOfSchema) };
}

/** A KIWI whose schema is at hand. */
export interface TestKiwi {
  /** Its version, for example "11.1.6". */
  version: string;
  schema(): Schema;
  /** Without rules, as `testLanguage`. */
  language(): Language;
  languageWithRules(): Language;
  /** The folder that holds the Python package `kiwi`. */
  modules: string;
}

const newest = schemaPath === undefined ? undefined : testKiwi(schemaPath);

/** The newest KIWI and an old one, those that are there: what is compared with KIWI is compared with each. */
export const testKiwis: readonly TestKiwi[] = [newest, oldKiwi()].filter((kiwi) => kiwi !== undefined);

function testKiwi(path: string): TestKiwi {
  const modules = join(dirname(path), "../..");
  const version = /__version__ = .([\d.]+)/.exec(readFileSync(join(modules, "kiwi/version.py"), "utf8"))?.[1] ?? "?";
  let schema: Schema | undefined;
  const compiled = () => {
    schema ??= compileSchema(readFileSync(path, "utf8"));
    return schema;
  };
  const whole = () => createLanguage({ schema: compiled(), kiwiVersion: version, schemaVersion: null });
  return { version, modules, schema: compiled, language: () => withoutRules(whole()), languageWithRules: whole };
}

function oldKiwi(): TestKiwi | undefined {
  const named = process.env["KIWI_WORKBENCH_TEST_OLD_SCHEMA"];
  const present = [
    ...(named === undefined ? [] : [named]),
    ...globSync(join(project, ".cache/kiwi-9.*/kiwi/schema/kiwi.rng")),
  ];
  const path = present.find((one) => existsSync(one));
  if (path !== undefined) return testKiwi(path);
  console.warn("No schema of KIWI 9 found (KIWI_WORKBENCH_TEST_OLD_SCHEMA names one): tests with it are skipped.");
  return undefined;
}

/** The Python that the KIWI of the schema runs in, or null where it cannot be asked. */
export const kiwiPython: string | null = findPython();

function findPython(): string | null {
  if (schemaPath === undefined) return null;
  // <venv>/lib/pythonX/site-packages/kiwi/schema/kiwi.rng
  const python = join(dirname(schemaPath), "../../../../../bin/python");
  for (const candidate of [python, "python3"]) {
    try {
      execFileSync(candidate, ["-c", "import kiwi, lxml.isoschematron"], { stdio: "ignore" });
      return candidate;
    } catch {
      // The next one may have KIWI's modules.
    }
  }
  console.warn("No Python with KIWI's modules found: comparisons with KIWI are skipped.");
  return null;
}

/** The folder of real descriptions, or null where it is not on this machine. */
export const corpus: string | null = findCorpus();

function findCorpus(): string | null {
  const path = join(project, "../shared/corpus");
  if (existsSync(join(path, "verdicts.json"))) return path;
  console.warn(`No descriptions in ${path}: tests on real descriptions are skipped.`);
  return null;
}
