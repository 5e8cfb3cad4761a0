import { readFileSync, realpathSync } from "node:fs";
import { readdir, readFile, realpath } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { schemaNameOf } from "#lib/contracts/builder.ts";
import type { ValidationReport } from "#lib/contracts/problem.ts";
import { compileSchema, createLanguage, type DocumentRequest, type Language } from "#lib/kiwi/language/index.ts";
import { findKiwi } from "#server/kiwi/index.ts";
import { loadConfig } from "#server/platform/config.ts";
import { isImageFileName } from "#server/workspace/image-file.ts";
import { Failure, UsageError } from "./failure.ts";
import { note, print } from "./output.ts";

/** `validate`: one report a file. Exit status 1 if any file is invalid. */
export async function runValidate(parameters: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: parameters,
    options: { json: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  if (positionals.length === 0) throw new UsageError("validate needs at least one file.");
  const language = await installedLanguage();
  let valid = true;
  for (const file of positionals) {
    const report = await validateFile(language, file);
    valid &&= report.valid;
    print(values.json ? JSON.stringify(report) : describe(report));
  }
  return valid ? 0 : 1;
}

/** Checks one file in the company of the files of its folder. */
export async function validateFile(language: Language, file: string): Promise<ValidationReport> {
  const problems = language.validate(await requestFor(file));
  return { file, valid: !problems.some((problem) => problem.severity === "error"), problems };
}

/** A question about a file on disk and the files of its folder. */
export async function requestFor(file: string): Promise<DocumentRequest> {
  const folder = await realpath(dirname(file)).catch(() => dirname(file));
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new Failure(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  const mains = (await readdir(folder)).filter(isImageFileName).sort();
  return { path: basename(file), text, read: (path) => readInside(folder, path), mains };
}

/** Text of a file of the folder; undefined where there is none or a link leads out of the folder. */
function readInside(folder: string, path: string): string | undefined {
  try {
    const real = realpathSync(join(folder, path));
    if (relative(folder, real).startsWith("..")) return undefined;
    return readFileSync(real, "utf8");
  } catch {
    return undefined;
  }
}

/** The language service for the KIWI of this machine; without one it knows well-formedness and includes. */
export async function installedLanguage(): Promise<Language> {
  const kiwi = await findKiwi(loadConfig());
  if ("problem" in kiwi) {
    note(`Only well-formedness and includes are checked, because there is no usable KIWI. ${kiwi.problem}`);
    return createLanguage({ schema: null, kiwiVersion: null, schemaVersion: null });
  }
  const schema = compileSchema(await readFile(kiwi.schemaPath, "utf8"));
  return createLanguage({ ...schemaNameOf(kiwi), schema });
}

function describe({ file, valid, problems }: ValidationReport): string {
  const lines = problems.map((problem) => {
    const place = problem.file === undefined ? file : join(dirname(file), problem.file);
    return `${place}:${problem.line}:${problem.column}: ${problem.severity}: ${problem.message} [${problem.code}]`;
  });
  return [...lines, `${file}: ${valid ? "valid" : "invalid"}`].join("\n");
}
