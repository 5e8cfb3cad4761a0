import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Page } from "@playwright/test";
import { barriers } from "./support/barriers.ts";
import { expect, test } from "./support/fixtures.ts";

/** A description of several files, as KIWI sees it for what is chosen. */
test.describe.configure({ mode: "serial" });

const address = "/descriptions/fragments/config.xml";
const files: Record<string, string> = {
  "config.xml": `<?xml version="1.0"?>
<image schemaversion="8.0" name="fragments">
  <description type="system">
    <author>Me</author>
    <contact>me@example.com</contact>
    <specification>Several files</specification>
  </description>
  <include from="this://parts/profiles.xml"/>
  <include from="this://parts/types.xml"/>
  <include from="this://parts/packages.xml"/>
</image>
`,
  "parts/profiles.xml": `<image schemaversion="8.0" name="part">
  <profiles>
    <profile name="Base" description="What all have"/>
    <profile name="Disk" description="For a disk" import="true"><requires profile="Base"/></profile>
    <profile name="Live" description="For a stick"><requires profile="Base"/></profile>
  </profiles>
</image>
`,
  "parts/types.xml": `<image schemaversion="8.0" name="part">
  <preferences>
    <version>1.0.0</version>
    <packagemanager>dnf5</packagemanager>
  </preferences>
  <preferences profiles="Disk">
    <type image="oem" filesystem="ext4"><bootloader name="grub2" console="serial gfxterm"/></type>
  </preferences>
  <preferences profiles="Live">
    <type image="iso"/>
  </preferences>
</image>
`,
  "parts/packages.xml": `<image schemaversion="8.0" name="part">
  <repository type="rpm-md"><source path="obs://main"/></repository>
  <packages type="bootstrap"><package name="filesystem"/></packages>
  <packages type="image"><package name="bash"/></packages>
  <packages type="image" profiles="Disk"><package name="grub2"/></packages>
  <packages type="image" profiles="Live"><package name="dracut-live"/></packages>
</image>
`,
};

const effective = (page: Page) => page.getByRole("region", { name: "Effective description" });
const text = (page: Page) => effective(page).getByRole("textbox", { name: "Effective description" });
const views = (page: Page) => page.getByRole("navigation", { name: "Views of the description" });

test.beforeAll(({ product }) => {
  for (const [name, content] of Object.entries(files)) {
    const path = join(product.workspace, "fragments", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    // The web server is another user; what it may not write, file and folder, cannot be edited.
    chmodSync(path, 0o666);
    chmodSync(dirname(path), 0o777);
  }
});

test("a profile is switched, and a line leads to its source, by keyboard", async ({ page }) => {
  await page.goto(address);
  await views(page).getByRole("button", { name: "Effective" }).click();
  await expect(page).toHaveURL(/view=effective$/);
  await expect(effective(page).getByText("KIWI builds oem with Disk.")).toBeVisible();
  const shown = effective(page).locator(".view-lines");
  await expect(shown).toContainText("profile Live is not selected");
  await expect(shown).not.toContainText("profile Disk is not selected");

  await effective(page).getByRole("combobox", { name: "Profiles" }).fill("Live");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(effective(page).getByText("KIWI builds iso with Live, Base.")).toBeVisible();
  await expect(shown).toContainText("profile Disk is not selected");

  await text(page).focus();
  await page.keyboard.press("Control+Home");
  for (let line = 1; line < 9; line++) await page.keyboard.press("ArrowDown");
  await expect(effective(page).getByText("parts/profiles.xml, line 2")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Text of parts/profiles.xml" })).toBeFocused();
  await expect(page.getByText("Line 2, column 1", { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/\?file=parts%2Fprofiles\.xml$/);

  await views(page).getByRole("button", { name: "Effective" }).click();
  await page.reload();
  await expect(effective(page).getByText("KIWI builds iso with Live, Base.")).toBeVisible();
});

test("edits are followed, and KIWI's upgrade is shown", async ({ page }) => {
  await page.goto(`${address}?file=parts/types.xml&line=3`);
  await expect(page.getByText("Line 3, column 1", { exact: true })).toBeVisible();
  await page.getByRole("textbox", { name: "Text of parts/types.xml" }).focus();
  await page.keyboard.press("End");
  await page.keyboard.insertText("<!-- typed -->");
  await views(page).getByRole("button", { name: "Effective" }).click();
  await expect(effective(page).locator(".view-lines")).toContainText("typed");
  await expect(effective(page).getByText("KIWI builds oem with Disk.")).toBeVisible();
  const upgraded = effective(page).getByRole("switch", { name: "As KIWI upgrades it" });
  await upgraded.focus();
  await page.keyboard.press("Space");
  await expect(upgraded).toBeChecked();
  await expect(effective(page).locator(".view-lines")).toContainText("output_console");
});

test("the matrix tells what differs, and what cannot be built", async ({ page }) => {
  await page.goto(`${address}?view=profiles`);
  const matrix = page.getByRole("region", { name: "Profile matrix" });
  const cell = (profile: string, column: number) =>
    matrix
      .getByRole("row", { name: new RegExp(`^${profile}`) })
      .getByRole("cell")
      .nth(column);
  await expect(cell("Live", 0)).toHaveText("–");
  await cell("Live", 1).getByRole("button").click();
  const details = matrix.getByRole("complementary");
  await expect(details).toContainText("Packages more: 1");
  await expect(details).toContainText("dracut-live");
  await expect(details).toContainText("Packages fewer: 1");
  await details.getByRole("button", { name: "Show what KIWI sees" }).click();
  await expect(effective(page).getByText("KIWI builds iso with Live, Base.")).toBeVisible();
});

for (const view of ["effective", "profiles"]) {
  test(`nothing keeps people out of the view ${view}`, async ({ page }) => {
    await page.goto(`${address}?view=${view}`);
    await expect(page.getByRole("region", { name: /Effective description|Profile matrix/ })).toBeVisible();
    expect(await barriers(page)).toEqual([]);
  });
}
