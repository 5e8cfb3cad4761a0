import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { barriers } from "./support/barriers.ts";
import { discard, fix, lines, openAt, problems, textOf } from "./support/editor-page.ts";
import { expect, test } from "./support/fixtures.ts";

/** What the repositories of a description have: those of the machine's own distribution. */
test("an unknown package is said before the build, with what is meant, and names are offered while they are written", async ({
  page,
  product,
}) => {
  test.setTimeout(300_000);
  await page.goto("/");
  await page.evaluate(async () => {
    const description = { template: "debian", folder: "shelves", name: "shelves", version: "1.0.0" };
    const headers = { "content-type": "application/json" };
    await fetch("/api/trpc/descriptions.create", { method: "POST", headers, body: JSON.stringify(description) });
  });
  const path = join(product.workspace, "shelves/config.xml");
  const text = readFileSync(path, "utf8").replace(
    '<package name="apt"/>',
    '<package name="apt"/>\n        <package name="cowssay"/>',
  );
  writeFileSync(path, text);

  await openAt(page, "/descriptions/shelves/config.xml", "config.xml", text, "cowssay");
  // The lists of the repositories are fetched for the first time.
  const unknown = problems(page).getByText('No repository of this description has a package "cowssay"');
  await expect(unknown).toBeVisible({ timeout: 120_000 });
  await expect(problems(page).getByRole("link", { name: "unknown-package" })).toHaveCount(1);
  await fix(page, 'Change to "cowsay"');
  await expect(lines(page)).toContainText('<package name="cowsay"/>');
  await expect(problems(page).getByRole("link", { name: "unknown-package" })).toHaveCount(0);

  // What the build would install, and what the unsaved change makes of it.
  const status = page.getByRole("region", { name: "Status" });
  const estimate = status.getByRole("button", {
    name: /^≈ \d+ packages, \d+ MiB \(\+\d+ packages?, \+[\d.]+ [KM]iB\)/,
  });
  await expect(estimate).toBeVisible({ timeout: 60_000 });
  await estimate.click();
  await expect(page.getByRole("dialog")).toContainText("cowsay");
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await textOf(page, "config.xml").focus();

  // The form says that the repository answers, and offers names as well.
  await page.getByRole("button", { name: "Form", exact: true }).click();
  const form = page.getByRole("region", { name: "Form", exact: true });
  await form.getByRole("tab", { name: "Repositories" }).click();
  await expect(form.getByText(/It answers, and offers [\d,]{5,} packages/)).toBeVisible();
  await form.getByRole("tab", { name: "Packages" }).click();
  const add = form.getByRole("combobox", { name: /^Add to/ }).first();
  await add.fill("git, bash-comp");
  await page.getByRole("option", { name: /^bash-completion/ }).click();
  await expect(add).toHaveValue("git, bash-completion");
  expect(await barriers(page)).toEqual([]);
  await page.getByRole("tree", { name: "Files" }).getByRole("treeitem", { name: "config.xml" }).click();
  await textOf(page, "config.xml").focus();

  // The cursor stands at the beginning of the name.
  for (const _ of "cowsay") await page.keyboard.press("Delete");
  await expect(lines(page)).toContainText('<package name=""/>');
  await page.keyboard.type("bash-co");
  const offered = page.locator(".suggest-widget").getByRole("option", { name: /^bash-completion/ });
  await expect(offered).toBeVisible();
  await discard(page);
});
