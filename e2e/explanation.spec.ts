import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startBuild } from "./support/build-page.ts";
import { expect, test } from "./support/fixtures.ts";

test("a failed build says in plain words what to change, and leads to the line", async ({ page, product }) => {
  test.setTimeout(300_000);
  await page.goto("/");
  await page.evaluate(async () => {
    const description = { template: "debian", folder: "explained", name: "explained", version: "1.0.0" };
    const headers = { "content-type": "application/json" };
    await fetch("/api/trpc/descriptions.create", { method: "POST", headers, body: JSON.stringify(description) });
  });
  const path = join(product.workspace, "explained/config.xml");
  const wrong = '<package name="no-such-package-anywhere"/>';
  writeFileSync(path, readFileSync(path, "utf8").replace('<package name="apt"/>', wrong));

  await page.goto("/descriptions/explained/config.xml");
  await expect(page.getByRole("region", { name: "Problems" })).toContainText("0 errors");
  const build = await startBuild(page, "tbz");
  await build.expectState("Failed");

  const box = page.getByRole("alert").filter({ hasText: "No repository has no-such-package-anywhere" });
  await expect(box).toContainText("What to do:");
  await expect(box).toContainText("KiwiDebianBootstrapError");
  // The remedy is a change of the file, seen before it is made.
  await box.getByRole("button", { name: "Remove no-such-package-anywhere" }).click();
  const change = page.getByRole("dialog");
  await expect(change.getByLabel("Changes of config.xml")).toContainText(`-    ${wrong}`);
  await change.getByRole("button", { name: "Leave it" }).click();
  await expect(change).toBeHidden();

  // The proof is in the log, one click away.
  await box
    .getByRole("button", { name: /^Show line \d+ of the log$/ })
    .first()
    .click();
  await expect(page.getByRole("row").filter({ hasText: "Unable to locate package" }).first()).toBeVisible();

  // And so is the line to change.
  const line =
    readFileSync(path, "utf8")
      .split("\n")
      .findIndex((text) => text.includes(wrong)) + 1;
  const place = box.getByRole("link", { name: `config.xml:${line}` });
  await expect(box.getByRole("list", { name: "Where it stands in the description" })).toContainText(wrong);
  await place.click();
  await page.waitForURL(new RegExp(`/descriptions/explained/config\\.xml\\?file=config\\.xml&line=${line}`));
  await expect(page.getByRole("region", { name: "Status" })).toContainText(`Line ${line}`);

  await page.goBack();
  await box.getByRole("button", { name: "Remove no-such-package-anywhere" }).click();
  await change.getByRole("button", { name: "Change the file" }).click();
  await expect(page.getByRole("link", { name: "config.xml is changed: look at it in the editor" })).toBeVisible();
  expect(readFileSync(path, "utf8")).not.toContain("no-such-package-anywhere");
  await expect(box.getByRole("button", { name: "Remove no-such-package-anywhere" })).toBeHidden();
});
