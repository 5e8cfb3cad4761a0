import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { type ConversionTarget, conversionTargets, convert } from "#lib/kiwi/formats/convert.ts";
import { Failure, UsageError } from "./failure.ts";
import { note, print } from "./output.ts";

/**
 * `convert`: prints a description in another format, and says on standard error what gets lost; `--write` makes a file
 * of it beside the old one, which stays.
 */
export async function runConvert(parameters: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: parameters,
    options: { to: { type: "string" }, write: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError("convert needs one file.");
  const to = conversionTargets.find((one) => one === values.to);
  if (to === undefined) throw new UsageError(`--to takes one of ${conversionTargets.join(", ")}.`);
  await convertFile(file, to, values.write);
  return 0;
}

async function convertFile(file: string, to: ConversionTarget, write: boolean): Promise<void> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new Failure(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  const conversion = convert(file, text, to);
  if ("refusal" in conversion) throw new Failure(conversion.refusal);
  for (const { line, message } of conversion.changes) note(`${file}:${line}: ${message}`);
  if (!write) {
    print(conversion.text.trimEnd());
    return;
  }
  await writeFile(conversion.path, conversion.text, { flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === "EEXIST" ? "is there already" : `cannot be written: ${error.message}`;
    throw new Failure(`${conversion.path} ${reason}.`);
  });
  note(`Written: ${conversion.path}`);
}
