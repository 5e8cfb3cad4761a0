import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { barriers } from "./support/barriers.ts";
import { expect, test } from "./support/fixtures.ts";

/** The editor by keyboard, with interruptions, and for people who do not see it. */
test.describe.configure({ mode: "serial" });

const address = "/descriptions/editor-test/config.xml";
const text = (page: Page, file: string) => page.getByRole("textbox", { name: `Text of ${file}` });
const tree = (page: Page) => page.getByRole("tree", { name: "Files" });
const problems = (page: Page) => page.getByRole("region", { name: "Problems" });

/** Requests that leave the origin, and whatever the content security policy or a script complains of. */
function complaints(page: Page, origin: string): string[] {
  const found: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(origin)) found.push(`request to ${request.url()}`);
  });
  page.on("pageerror", (error) => found.push(error.message));
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) found.push(message.text());
  });
  return found;
}

test("everything comes from this origin, and the policy has nothing to complain of", async ({ page, product }) => {
  const found = complaints(page, product.origin);
  await page.goto("/");
  const created = await page.evaluate(async () => {
    const description = { template: "debian", folder: "editor-test", name: "editor-test", version: "1.0.0" };
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify(description);
    return (await fetch("/api/trpc/descriptions.create", { method: "POST", headers, body })).status;
  });
  expect(created).toBe(200);
  await page.goto(address);
  await expect(problems(page)).toContainText("0 errors");
  await expect(page.getByRole("region", { name: "Status" })).toContainText(/KIWI \d+\.\d+\.\d+, schema \d/);
  expect(found).toEqual([]);
});

test("the tree is walked and files are opened by keyboard", async ({ page }) => {
  await page.goto(address);
  await tree(page).getByRole("treeitem", { selected: true }).focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("c");
  await expect(tree(page).getByRole("treeitem", { name: "config.sh" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(text(page, "config.sh")).toBeVisible();
  await expect(page).toHaveURL(/\?file=config\.sh$/);
});

test("all unsaved texts are there again after a reload", async ({ page }) => {
  for (const file of ["config.sh", "config.xml"]) {
    await page.goto(`${address}?file=${file}&line=3`);
    await expect(page.getByText("Line 3, column 1", { exact: true })).toBeVisible();
    await text(page, file).focus();
    await page.keyboard.press("End");
    await page.keyboard.insertText(` <!-- typed in ${file} -->`);
  }
  await page.reload();
  const open = page.getByRole("navigation", { name: "Open files" });
  for (const file of ["config.sh", "config.xml"]) {
    await open
      .getByRole("button", { name: `${file} , changed` })
      .or(open.getByTitle(file))
      .first()
      .click();
    await expect(page.locator(".view-lines")).toContainText(new RegExp(`typed\\sin\\s${file}`));
    await expect(page.getByText("Unsaved text of your last visit was put back.")).toBeVisible();
    await page.getByRole("button", { name: "Discard it" }).click();
    await expect(page.getByRole("button", { name: "Save", exact: true })).toBeDisabled();
  }
});

test("F8 goes to the problem and the address names a line", async ({ page }) => {
  await page.goto(`${address}?line=1`);
  await expect(problems(page)).toContainText("0 errors");
  await text(page, "config.xml").focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText("<more/>");
  await expect(problems(page).getByRole("button", { name: /Error/ }).first()).toBeVisible();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("F8");
  const place = problems(page)
    .getByText(/config\.xml:\d+/)
    .first();
  const line = (await place.textContent())?.split(":")[1];
  await expect(page.getByText(new RegExp(`^Line ${line}, column \\d+$`))).toBeVisible();
  await text(page, "config.xml").focus();
  await page.keyboard.press("Control+z");
  await expect(problems(page)).toContainText("0 errors");
});

test("a conflict can be solved by editing beside the other version", async ({ page, product }) => {
  const path = join(product.workspace, "editor-test/config.sh");
  await page.goto(`${address}?file=config.sh&line=1`);
  await text(page, "config.sh").focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText("# mine\n");
  const theirs = `${readFileSync(path, "utf8")}# theirs\n`;
  writeFileSync(path, theirs);
  await page.keyboard.press("Control+s");
  const dialog = page.getByRole("dialog", { name: "config.sh has changed on disk" });
  const right = dialog.getByRole("textbox", { name: "Your text of config.sh" });
  await right.focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText("# theirs, by hand\n");
  expect(readFileSync(path, "utf8")).toBe(theirs);
  await dialog.getByRole("button", { name: "Save the right side" }).click();
  await expect(dialog).toBeHidden();
  const saved = readFileSync(path, "utf8");
  expect(saved).toContain("# mine\n");
  expect(saved).toContain("# theirs, by hand\n");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`nothing keeps people out, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(address);
    await expect(problems(page)).toContainText("0 errors");
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(" ")}`)).toEqual([]);
  });
}

test("Ctrl+K finds pages, descriptions and lines of any file, and leads there", async ({ page }) => {
  await page.goto("/builds");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.keyboard.press("Control+k");
  const field = page.getByRole("textbox", { name: "Search" });
  await expect(field).toBeFocused();
  await page.keyboard.type("rules");
  await expect(page.getByRole("button", { name: "Rules" }).last()).toBeVisible();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("packages bootstrap");
  const line = page.getByRole("dialog").getByRole("button", { name: /config\.xml, line \d+/ });
  await expect(line.first()).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/descriptions\/.*line=\d+/);
});
