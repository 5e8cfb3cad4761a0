import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "./support/fixtures.ts";

/** Real descriptions of other projects, with KIWI's own verdict on each: beside the project, where they are at all. */
const corpus = join(import.meta.dirname, "../../shared/corpus");
const verdictsFile = join(corpus, "verdicts.json");

interface Verdicts {
  verdicts: Record<string, { valid: boolean }>;
}

test("every real description opens in the editor, which says of it what KIWI says", async ({ page, product }) => {
  test.skip(!existsSync(verdictsFile), `There are no real descriptions in ${corpus}.`);
  test.setTimeout(300_000);
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
  const expected = Object.fromEntries(Object.entries(verdicts).map(([path, { valid }]) => [path, valid]));
  expect(shown, JSON.stringify(told)).toEqual(expected);
});
