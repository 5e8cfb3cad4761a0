import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { findKiwi } from "#server/kiwi/index.ts";
import { loadConfig } from "#server/platform/config.ts";
import { expect, test } from "./support/fixtures.ts";
import type { Product } from "./support/product.ts";

/** Real descriptions of other projects, with KIWI's own verdict on each: beside the project, where they are at all. */
const corpus = join(import.meta.dirname, "../../shared/corpus");
const verdictsFile = join(corpus, "verdicts.json");

interface Verdicts {
  verdicts: Record<string, { valid: boolean }>;
}

test("every real description opens in the editor, which says of it what KIWI says", async ({ page, product }) => {
  test.skip(!existsSync(verdictsFile), `There are no real descriptions in ${corpus}.`);
  test.setTimeout(600_000);
  const { verdicts }: Verdicts = JSON.parse(readFileSync(verdictsFile, "utf8"));
  cpSync(corpus, join(product.workspace, "corpus"), { recursive: true });

  const shown: Record<string, boolean> = {};
  const told: Record<string, string> = {};
  const problems = page.getByRole("region", { name: "Problems" });
  const count = problems.getByRole("button", { name: /^(Errors? )?\d+ errors?$/ });
  await page.goto("/");
  for (const path of Object.keys(verdicts)) {
    // One page for all: a link of the list, as people go, without loading everything again.
    await page.locator(`a[href="/descriptions/corpus/${path}"]`).click();
    await page.waitForURL(`**/descriptions/corpus/${path}`);
    const words = (await count.textContent()) ?? "";
    shown[path] = words === "0 errors";
    told[path] = (await problems.textContent()) ?? "";
    await page.goBack();
  }
  const expected: Record<string, boolean> = {};
  for (const [path, { valid }] of Object.entries(verdicts)) {
    expected[path] = isXml(path) ? valid : await takenByKiwi(product, path);
  }
  expect(shown, JSON.stringify(told)).toEqual(expected);
});

const isXml = (path: string) => !readFileSync(join(corpus, path), "utf8").startsWith("image:");

/** The verdicts are those of a KIWI that reads XML only; of other formats the KIWI that is here is asked itself. */
async function takenByKiwi({ dataDir }: Product, path: string): Promise<boolean> {
  const kiwi = await findKiwi(loadConfig({ ...process.env, KIWI_WORKBENCH_DATA: dataDir }));
  if ("problem" in kiwi) throw new Error(kiwi.problem);
  const file = join(corpus, path);
  const info = ["--kiwi-file", basename(file), "image", "info", "--description", dirname(file)];
  const env = { ...process.env, ...(kiwi.markupFolder === undefined ? {} : { PYTHONPATH: kiwi.markupFolder }) };
  return spawnSync(kiwi.command, info, { env }).status === 0;
}
