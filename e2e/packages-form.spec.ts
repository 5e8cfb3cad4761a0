import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { barriers } from "./support/barriers.ts";
import { expect, test } from "./support/fixtures.ts";

const text = `<?xml version="1.0"?>
<image schemaversion="8.5" name="form">
  <description type="system"><author>A</author><contact>a@example.org</contact><specification>S</specification></description>
  <include from="this://server.xml"/>
  <preferences><version>1.0.0</version><packagemanager>apt</packagemanager><type image="tbz"/></preferences>
  <repository><source path="https://example.org/debian"/></repository>
  <packages type="image">
    <package name="vim"/> <!-- the editor -->
  </packages>
  <packages type="bootstrap"><package name="apt"/></packages>
</image>
`;
const fragment = '<image>\n  <packages type="image">\n    <package name="nginx"/>\n  </packages>\n</image>\n';

test("packages are added, taken out and undone in a form, and the author's text stays as it was around them", async ({
  page,
  product,
}) => {
  const folder = join(product.workspace, "form");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "config.xml"), text);
  writeFileSync(join(folder, "server.xml"), fragment);
  // The web server is not root, and saves.
  execFileSync("chown", ["--recursive", "--reference", product.workspace, folder]);

  await page.goto("/descriptions/form/config.xml");
  await page.getByRole("button", { name: "Packages", exact: true }).click();
  const form = page.getByRole("region", { name: "Packages", exact: true });
  const server = form.getByRole("region", { name: /^In every image, server\.xml/ });
  const everywhere = form.getByRole("region", { name: /^In every image, config\.xml/ });
  await expect(server.getByRole("button", { name: "nginx", exact: true })).toBeVisible();
  expect(await barriers(page)).toEqual([]);

  await everywhere.getByRole("textbox", { name: /^Add to/ }).fill("git, tzdata vim");
  await page.keyboard.press("Enter");
  await expect(everywhere.getByRole("listitem")).toHaveText(["vim", "git", "tzdata"]);
  await everywhere.getByRole("button", { name: "Remove package git" }).click();
  await expect(everywhere.getByRole("listitem")).toHaveCount(2);
  await server.getByRole("button", { name: "Remove package nginx" }).click();
  await expect(server.getByRole("listitem")).toHaveCount(0);
  await form.getByRole("button", { name: "Undo" }).click();
  await expect(server.getByRole("listitem")).toHaveText(["nginx"]);

  // What was changed is unsaved text like any other.
  await page.getByRole("button", { name: "config.xml" }).last().click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect
    .poll(() => readFileSync(join(folder, "config.xml"), "utf8"))
    .toBe(text.replace("<!-- the editor -->\n", '<!-- the editor -->\n    <package name="tzdata"/>\n'));
  expect(readFileSync(join(folder, "server.xml"), "utf8")).toBe(fragment);
});
