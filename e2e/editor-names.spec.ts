import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { barriers } from "./support/barriers.ts";
import { discard, lines, openAt, problems, textOf } from "./support/editor-page.ts";
import { expect, test } from "./support/fixtures.ts";
import type { Product } from "./support/product.ts";

/** Moving through a description by its structure and by the names in it, in the real editor. */
test.describe.configure({ mode: "serial" });

const address = "/descriptions/names/config.xml";
const main = `<image schemaversion="8.0" name="names">
  <description type="system">
    <author>Me</author>
    <contact>me@example.com</contact>
    <specification>Names lead to each other</specification>
  </description>
  <include from="this://parts/packages.xml"/>
  <profiles>
    <profile name="Live" description="Live system"/>
  </profiles>
  <preferences>
    <version>1.0.0</version>
    <packagemanager>dnf4</packagemanager>
  </preferences>
  <preferences profiles="Live"><type image="oem" filesystem="xfs"/></preferences>
  <repository alias="main"><source path="https://example.com/repo"/></repository>
</image>
`;
const fragment = `<image>
  <packages type="image" profiles="Live">
    <package name="dracut-kiwi-oem-repart"/>
    <package name="vim"/>
    <package name="vim"/>
  </packages>
  <packages type="bootstrap"><package name="filesystem"/></packages>
</image>
`;

function writeFiles(product: Product): void {
  const folder = join(product.workspace, "names");
  for (const inner of ["parts", "Live", "root/etc"]) mkdirSync(join(folder, inner), { recursive: true });
  writeFileSync(join(folder, "config.xml"), main);
  writeFileSync(join(folder, "parts/packages.xml"), fragment);
  writeFileSync(join(folder, "config.sh"), "#!/bin/bash\nif [[ $kiwi_profiles =~ Live ]]; then\n  rm $1\nfi\n");
  writeFileSync(join(folder, "root/etc/motd"), "Welcome\n");
  // The web server is another user than these tests, and edits what is its own.
  execFileSync("chown", ["--recursive", "--reference", product.workspace, folder]);
}

const outline = (page: Page) => page.getByRole("tree", { name: "Outline" });
const tabs = (page: Page) => page.getByRole("navigation", { name: "Open files" });

const openHere = (page: Page, file: string, content: string, place: string) =>
  openAt(page, address, file, content, place);

test.beforeAll(({ product }) => writeFiles(product));

test("the outline and the breadcrumbs lead to elements, by pointer and by keyboard", async ({ page }) => {
  await page.goto(address);
  await outline(page).getByRole("treeitem", { name: "repository main" }).click();
  await expect(page.getByText("Line 16, column 4", { exact: true })).toBeVisible();
  const crumbs = page.getByRole("navigation", { name: "Breadcrumbs" });
  await expect(crumbs.getByRole("button")).toHaveText(["image names", "repository main"]);
  await crumbs.getByRole("button", { name: "repository main" }).focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Line 1, column 2", { exact: true })).toBeVisible();
  await expect(textOf(page, "config.xml")).toBeFocused();
});

test("F6 walks through the parts of the page", async ({ page }) => {
  await page.goto(address);
  await expect(problems(page)).toContainText("0 errors");
  await page.getByRole("tree", { name: "Files" }).getByRole("treeitem", { selected: true }).focus();
  await page.keyboard.press("F6");
  await expect(outline(page).getByRole("treeitem", { name: "image names" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Line 3, column 6", { exact: true })).toBeVisible();
  await page.keyboard.press("F6");
  await expect(problems(page).getByRole("button", { name: "Problems" })).toBeFocused();
  await page.keyboard.press("Shift+F6");
  await expect(textOf(page, "config.xml")).toBeFocused();
});

test("F12 on an include opens the fragment", async ({ page }) => {
  await openHere(page, "config.xml", main, "this://");
  await page.keyboard.press("F12");
  await expect(textOf(page, "parts/packages.xml")).toBeVisible();
  await expect(page).toHaveURL(/file=parts%2Fpackages\.xml/);
  await expect(page.getByText("3 packages")).toBeVisible();
  await expect(page.getByText("1 named twice")).toBeVisible();
});

test("a profile is renamed in all files, and what is left to do is said", async ({ page }) => {
  await openHere(page, "parts/packages.xml", fragment, "Live");
  await page.keyboard.press("F2");
  const input = page.locator(".rename-input");
  await expect(input).toBeFocused();
  await input.fill("DVD");
  await input.press("Enter");
  await expect(page.getByText(/The folder Live\/ is the overlay of this profile.*stands in config\.sh/)).toBeVisible();
  await expect(lines(page)).toContainText('profiles="DVD"');
  await tabs(page).getByTitle("config.xml").click();
  await expect(lines(page)).toContainText('profile name="DVD"');
  await expect(lines(page)).not.toContainText('Live"');
  await discard(page);
});

test("the two tags of an element are renamed together, and what is opened is closed", async ({ page }) => {
  await openHere(page, "config.xml", main, "author>Me");
  // What stands around the cursor is asked for a moment after it has moved.
  await expect(page.locator(".linked-editing-decoration")).toHaveCount(2);
  await page.keyboard.type("x");
  await expect(lines(page)).toContainText("<xauthor>Me</xauthor>");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.keyboard.type("<license>");
  await expect(lines(page)).toContainText("<license></license>");
  await discard(page);
});

test("a selection and a file are laid out, and nothing but the layout changes", async ({ page }) => {
  await openHere(page, "config.xml", main, "<repository");
  const lastLine = (number: number) => page.locator(".line-numbers").getByText(`${number}`, { exact: true });
  await page.keyboard.press("Shift+End");
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Control+f");
  // The repository alone, which now stands on three lines.
  await expect(lastLine(20)).toBeVisible();
  await expect(lastLine(21)).toBeHidden();
  await page.keyboard.press("Control+z");
  await expect(lastLine(19)).toBeHidden();
  // Its key is another one on each system; the palette has it everywhere.
  await page.keyboard.press("F1");
  await page.keyboard.type("Format Document");
  await page.keyboard.press("Enter");
  // What stood on two lines stands on six.
  await expect(lastLine(22)).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(page.getByRole("button", { name: "Save", exact: true })).toBeDisabled();
});

test("the last build of a type stands above it, and leads to its page", async ({ page }) => {
  await page.goto(address);
  const ask = (path: string, input: unknown) =>
    page.evaluate(
      async ([name, body]) => {
        const headers = { "content-type": "application/json" };
        const answer = await fetch(`/api/trpc/${name}`, { method: "POST", headers, body: body ?? "" });
        return (await answer.json()) as { result?: { data?: { id?: string } } };
      },
      [path, JSON.stringify(input)],
    );
  const started = await ask("builds.start", { description: "names/config.xml", profiles: ["Live"], type: "oem" });
  const id = started.result?.data?.id;
  expect(id).toBeDefined();
  // Whatever became of it, on a busy machine it may have failed before: it is a build, and it has a state.
  await ask("builds.cancel", { id });
  await page.getByText(/^Last build: (?:cancell|fail)/).click();
  await expect(page).toHaveURL(new RegExp(`/builds/${id}$`));
});

test("scripts are checked, problems are filtered, and F8 walks across files", async ({ page }) => {
  test.skip(spawnSync("shellcheck", ["--version"]).error !== undefined, "ShellCheck is not installed");
  await page.goto(address);
  await expect(problems(page)).toContainText("0 errors");
  await textOf(page, "config.xml").focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText("<more/>");
  await expect(problems(page)).toContainText("1 error");
  await page.getByRole("tree", { name: "Files" }).getByRole("treeitem", { name: "config.sh" }).click();
  await expect(problems(page).getByRole("link", { name: "SC2086" })).toBeVisible();
  await textOf(page, "config.sh").focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("F8");
  await expect(page.getByText("Line 3, column 6", { exact: true })).toBeVisible();
  // What is said there is shown with it, in files too that were not open.
  const said = page.locator(".monaco-hover:not(.hidden)");
  await expect(said).toContainText("Double quote to prevent globbing");
  await page.keyboard.press("F8");
  await expect(textOf(page, "parts/packages.xml")).toBeVisible();
  await expect(page.getByText("Line 5, column 20", { exact: true })).toBeVisible();
  await expect(said).toContainText('"vim" is listed twice');
  await page.keyboard.press("F8");
  await expect(textOf(page, "config.xml")).toBeVisible();
  await page.keyboard.press("Shift+F8");
  await expect(textOf(page, "parts/packages.xml")).toBeVisible();

  const kinds = problems(page).getByRole("combobox", { name: "Kind of check" });
  await kinds.selectOption({ label: "ShellCheck" });
  await expect(problems(page).getByRole("button", { name: /config\.xml:/ })).toHaveCount(0);
  await expect(problems(page).getByRole("button", { name: /config\.sh:3/ })).toBeVisible();
  await kinds.selectOption({ label: "All checks" });
  await problems(page).getByRole("searchbox", { name: "Filter problems" }).fill("quote");
  await expect(problems(page).getByRole("button", { name: /:\d+$/ })).toHaveCount(1);
  expect(await barriers(page)).toEqual([]);
  await discard(page);
});

test("the keys are written down, and the palette has the page's own commands", async ({ page }) => {
  await page.goto(address);
  await textOf(page, "config.xml").focus();
  await page.keyboard.press("Shift+F1");
  const help = page.getByRole("dialog", { name: "Keys of the editor" });
  await expect(help).toContainText("Rename the profile or repository everywhere");
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(textOf(page, "config.xml")).toBeFocused();
  await page.keyboard.press("F1");
  await page.keyboard.type("go to the breadcrumbs");
  await expect(page.getByRole("option", { name: /Go to the Breadcrumbs/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("navigation", { name: "Breadcrumbs" }).getByRole("button").last()).toBeFocused();
});
