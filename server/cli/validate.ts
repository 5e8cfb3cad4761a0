import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { schemaNameOf } from "#lib/contracts/builder.ts";
import type { ValidationReport } from "#lib/contracts/problem.ts";
import { compileSchema, createLanguage, type DocumentRequest, type Language } from "#lib/kiwi/language/index.ts";
import { findKiwi } from "#server/kiwi/index.ts";
import { loadConfig } from "#server/platform/config.ts";
import { Failure, UsageError } from "./failure.ts";
import { note, print } from "./output.ts";
import { githubReporter } from "./report/github.ts";
import type { Reporter } from "./report/report.ts";
import { sarifReporter } from "./report/sarif.ts";
import { jsonReporter, textReporter } from "./report/text.ts";
import { filesOf, requestFor } from "./validated-files.ts";

const reporters: Readonly<Record<string, () => Reporter>> = {
  text: () => textReporter,
  json: () => jsonReporter,
  github: githubReporter,
  sarif: sarifReporter,
};

/** `validate`: exit status 1 if any file is invalid, or has more warnings than are allowed. */
export async function runValidate(parameters: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: parameters,
    options: {
      json: { type: "boolean", default: false },
      format: { type: "string" },
      "max-warnings": { type: "string" },
      "stdin-name": { type: "string" },
    },
    allowPositionals: true,
  });
  if (positionals.length === 0) throw new UsageError("validate needs at least one file.");
  const format = values.format ?? (values.json ? "json" : "text");
  const reporter = reporters[format]?.();
  if (reporter === undefined) throw new UsageError(`--format takes one of ${Object.keys(reporters).join(", ")}.`);
  const allowed = numberOf(values["max-warnings"]);
  const workspace = loadConfig().workspaceDir;
  const place = { workspace, ...(values["stdin-name"] === undefined ? {} : { inputName: values["stdin-name"] }) };

  const files = (await Promise.all(positionals.map(filesOf))).flat();
  const language = await installedLanguage();
  let valid = true;
  let warnings = 0;
  for (const file of files) {
    const report = validateFile(language, file, await requestFor(file, place));
    valid &&= report.valid;
    warnings += report.problems.filter(({ severity }) => severity === "warning").length;
    for (const line of reporter.file(report)) print(line);
  }
  for (const line of reporter.end()) print(line);
  if (warnings > allowed) note(`There are ${warnings} warnings; ${allowed} are allowed.`);
  return valid && warnings <= allowed ? 0 : 1;
}

function validateFile(language: Language, file: string, request: DocumentRequest): ValidationReport {
  const problems = language.validate(request);
  return { file, valid: !problems.some((problem) => problem.severity === "error"), problems };
}

function numberOf(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError("--max-warnings takes a number.");
  return Number(text);
}

/**
 * The language service for the KIWI of this machine; without one it knows well-formedness and includes. Throws Failure
 * where a KIWI is named that cannot be used: whoever names one must not be told less, and "valid", without noticing.
 */
export async function installedLanguage(): Promise<Language> {
  const config = loadConfig();
  const kiwi = await findKiwi(config);
  if ("problem" in kiwi) {
    if (config.kiwiCommand !== undefined) throw new Failure(kiwi.problem);
    note(`Only well-formedness and includes are checked, because there is no usable KIWI. ${kiwi.problem}`);
    return createLanguage({ schema: null, kiwiVersion: null, schemaVersion: null });
  }
  const schema = compileSchema(await readFile(kiwi.schemaPath, "utf8"));
  return createLanguage({ ...schemaNameOf(kiwi), schema });
}
