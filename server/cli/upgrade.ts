import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import { describeUpgrade, type UpgradePlan } from "#lib/kiwi/language/index.ts";
import { applyEdits } from "#lib/xml/edit/text-edit.ts";
import { writeFileAtomic } from "#server/platform/atomic-file.ts";
import { Failure, UsageError } from "./failure.ts";
import { note, print } from "./output.ts";
import { installedLanguage } from "./validate.ts";
import { requestFor } from "./validated-files.ts";

/**
 * `upgrade`: brings a description to the newest schema version of the installed KIWI, with the files that it includes.
 * Says what would change; `--diff` shows it as a patch, `--write` does it.
 */
export async function runUpgrade(parameters: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: parameters,
    options: { write: { type: "boolean", default: false }, diff: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError("upgrade needs one image file.");
  const plan = (await installedLanguage()).upgrade(await requestFor(file));
  if ("reason" in plan) {
    if (!plan.current) throw new Failure(plan.reason);
    note(plan.reason);
    return 0;
  }

  const texts = await upgradedTexts(plan, dirname(file));
  if (values.diff) for (const text of texts) print(patchOf(text));
  else for (const line of describeUpgrade(plan)) print(line);
  if (values.write) for (const { path, after } of texts) await replaceFile(path, after);
  const files = texts.map(({ path }) => path).join(", ");
  if (values.write) note(`Upgraded from schema version ${plan.from} to ${plan.to}: ${files}`);
  else if (!values.diff) note(`Nothing was written; --write upgrades from ${plan.from} to ${plan.to}: ${files}`);
  return 0;
}

interface UpgradedText {
  path: string;
  before: string;
  after: string;
}

function patchOf({ path, before, after }: UpgradedText): string {
  const options = { context: 3, headerOptions: FILE_HEADERS_ONLY };
  return createTwoFilesPatch(path, path, before, after, undefined, undefined, options).trimEnd();
}

async function upgradedTexts({ edits }: UpgradePlan, folder: string): Promise<UpgradedText[]> {
  const names = [...new Set(edits.map((edit) => edit.path))];
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const before = await readFile(path, "utf8");
      const own = edits.filter((edit) => edit.path === name);
      return { path, before, after: applyEdits(before, own) };
    }),
  );
}

/** Writes the file that a name leads to, so that a link stays one, and leaves its rights as they are. */
async function replaceFile(path: string, text: string): Promise<void> {
  const real = await realpath(path);
  const { mode } = await stat(real);
  await writeFileAtomic(real, text, mode & 0o7777);
}
