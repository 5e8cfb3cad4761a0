import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { barriers } from "./support/barriers.ts";
import { discard, fix, lines, nextProblem, openAt, problems } from "./support/editor-page.ts";
import { expect, test } from "./support/fixtures.ts";

/** What the editor knows is at hand where the cursor stands, by keyboard, in XML and in YAML. */
test.describe.configure({ mode: "serial" });

const xml = `<image schemaversion="8.0" name="fixes">
  <description type="system"><author>Me</author><contact>me@example.com</contact><specification>S</specification></description>
  <preferences>
    <version>1.0.0</version>
    <packagemanager>apt</packagemanager>
    <type image="ext4" filesytem="xfs"/>
  </preferences>
  <users><user name="root" password="linux" pwdformat="plain"/></users>
  <repository><source path="https://example.com/repo"/></repository>
  <packages type="image">
    <pakage name="vim"/>
    <pakage name="git"/>
  </packages>
  <packages type="bootstrap"><package name="base-files"/></packages>
</image>
`;
const yaml = `image:
  "@schemaversion": "8.0"
  "@name": yaml
  description:
    "@type": system
    author: Me
    contact: me@example.com
    specification: The same as data
  preferences:
    version: 1.0.0
    packagemanager: apt
    type:
      "@image": oem
      "@filesytem": ext4
      "@firmware": bios
  repository:
    source:
      "@path": https://example.com/repo
  packages:
    "@type": bootstrap
    package:
      "@name": base-files
`;

test.beforeAll(({ product }) => {
  const folder = join(product.workspace, "fixes");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "config.xml"), xml);
  writeFileSync(join(folder, "config.yaml"), yaml);
  // The web server is another user than these tests, and edits what is its own.
  execFileSync("chown", ["--recursive", "--reference", product.workspace, folder]);
});

test("problems are mended one by one, all of a kind, or ignored in their place", async ({ page }) => {
  await openAt(page, "/descriptions/fixes/config.xml", "config.xml", xml, "filesytem");
  await page.keyboard.press("Control+.");
  await expect(page.getByRole("option", { name: /Rename to "filesystem"/ })).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await fix(page, /Rename to "filesystem"/);
  await expect(lines(page)).toContainText('filesystem="xfs"');

  await nextProblem(page, xml, "pwdformat");
  await fix(page, /Ignore "plain-password" here/);
  await expect(lines(page)).toContainText("<!-- kiwi-workbench-ignore plain-password -->");
  await expect(problems(page).getByRole("link", { name: "plain-password" })).toHaveCount(0);

  await nextProblem(page, xml, "pakage");
  await fix(page, /Rename element: all 2 of this kind/);
  await expect(lines(page)).toContainText('<package name="git"/>');
  await expect(lines(page)).not.toContainText("<pakage");
  await discard(page);
});

test("a description in YAML is mended, completed and explained", async ({ page }) => {
  await openAt(page, "/descriptions/fixes/config.yaml", "config.yaml", yaml, "filesytem");
  await fix(page, /Rename to "filesystem"/);
  await expect(lines(page)).toContainText('"@filesystem": ext4');

  // On the value of the next line.
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await page.keyboard.press("Control+Shift+ArrowLeft");
  await page.keyboard.press("Delete");
  await page.keyboard.press("Control+Space");
  const offers = page.locator(".suggest-widget");
  await expect(offers.getByRole("option", { name: /^uefi/ })).toBeVisible();
  // What is offered is explained beside the list.
  await expect(page.locator(".suggest-details")).toContainText("boot firmware");
  await page.keyboard.type("uef");
  await expect(offers.getByRole("option", { name: /^bios/ })).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(lines(page)).toContainText('"@firmware": uefi');

  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Control+i");
  await expect(page.locator(".monaco-hover:not(.hidden)")).toContainText("Only for the image types");
  await discard(page);
});
