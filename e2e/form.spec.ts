import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { barriers } from "./support/barriers.ts";
import { expect, test } from "./support/fixtures.ts";

const text = `<?xml version="1.0"?>
<image schemaversion="8.5" name="form">
  <description type="system"><author>A</author><contact>a@example.org</contact><specification>S</specification></description>
  <include from="this://server.xml"/>
  <preferences>
    <version>1.0.0</version>
    <packagemanager>apt</packagemanager>
    <!-- what is built -->
    <type image="oem" filesystem="ext4"> <!-- a disk -->
      <oemconfig><oem-resize>false</oem-resize></oemconfig>
    </type>
  </preferences>
  <repository alias="debian"><source path="https://example.org/debian"/></repository>
  <packages type="image">
    <package name="vim"/> <!-- the editor -->
  </packages>
  <packages type="bootstrap"><package name="apt"/></packages>
</image>
`;
const fragment = '<image>\n  <packages type="image">\n    <package name="nginx"/>\n  </packages>\n</image>\n';

/** Lays the description out in a folder of its own, and shows its form. */
async function openForm(page: Page, workspace: string, name: string) {
  const folder = join(workspace, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "config.xml"), text);
  writeFileSync(join(folder, "server.xml"), fragment);
  // The web server is not root, and saves.
  execFileSync("chown", ["--recursive", "--reference", workspace, folder]);
  await page.goto(`/descriptions/${name}/config.xml`);
  await page.getByRole("button", { name: "Form", exact: true }).click();
  const form = page.getByRole("region", { name: "Form", exact: true });
  await expect(form.getByRole("textbox", { name: "name", exact: true })).toHaveValue("form");
  const section = (label: string) => form.getByRole("tab", { name: label, exact: true }).click();
  const onDisk = () => readFileSync(join(folder, "config.xml"), "utf8");
  const save = async () => {
    await page.getByRole("button", { name: "config.xml" }).last().click();
    await page.getByRole("button", { name: "Save" }).click();
  };
  return { form, section, folder, onDisk, save };
}

test("packages are added, taken out and undone in a form, and the author's text stays as it was around them", async ({
  page,
  product,
}) => {
  const { form, section, folder, onDisk, save } = await openForm(page, product.workspace, "form-packages");
  await section("Packages");
  const server = form.getByRole("region", { name: /^In every image, server\.xml/ });
  const everywhere = form.getByRole("region", { name: /^In every image, config\.xml/ });
  await expect(server.getByRole("button", { name: "nginx", exact: true })).toBeVisible();
  expect(await barriers(page)).toEqual([]);

  await everywhere.getByRole("combobox", { name: /^Add to/ }).fill("git, tzdata vim");
  await page.keyboard.press("Enter");
  await expect(everywhere.getByRole("listitem")).toHaveText(["vim", "git", "tzdata"]);
  await everywhere.getByRole("button", { name: "Remove package git" }).click();
  await expect(everywhere.getByRole("listitem")).toHaveCount(2);
  await server.getByRole("button", { name: "Remove package nginx" }).click();
  await expect(server.getByRole("listitem")).toHaveCount(0);
  await form.getByRole("button", { name: "Undo" }).click();
  await expect(server.getByRole("listitem")).toHaveText(["nginx"]);

  // What was changed is unsaved text like any other.
  await save();
  await expect
    .poll(onDisk)
    .toBe(text.replace("<!-- the editor -->\n", '<!-- the editor -->\n    <package name="tzdata"/>\n'));
  expect(readFileSync(join(folder, "server.xml"), "utf8")).toBe(fragment);
});

test("types, repositories and users are changed in a form as the schema has it, and undone to the last byte", async ({
  page,
  product,
}) => {
  const { form, section, onDisk, save } = await openForm(page, product.workspace, "form-elements");

  await section("Types");
  const type = form.getByRole("region", { name: /^type / });
  await expect(type.getByRole("combobox", { name: "filesystem" })).toHaveValue("ext4");
  // What another type would not take is named before it goes.
  await type.getByRole("combobox", { name: "image", exact: true }).click();
  await page.getByRole("option", { name: "docker" }).click();
  await type.getByRole("button", { name: /^Change it and remove filesystem/ }).click();
  await expect(type).toHaveAccessibleName(/^type docker/);
  await expect(type.getByRole("combobox", { name: "filesystem" })).toHaveCount(0);
  expect(await barriers(page)).toEqual([]);

  await section("Repositories");
  await form.getByRole("button", { name: "Add a repository" }).click();
  const added = form.getByRole("form", { name: "New repository" });
  await added.getByRole("textbox", { name: "source path" }).fill("https://example.org/updates");
  await added.getByRole("textbox", { name: "alias" }).fill("updates");
  await page.keyboard.press("Enter");
  const updates = form.getByRole("region", { name: /^repository updates/ });
  await updates.getByRole("button", { name: "Move up repository updates" }).click();
  const first = form.getByRole("region", { name: /^repository/ }).first();
  await expect(first).toHaveAccessibleName(/^repository updates/);
  await page.keyboard.press("Control+z");
  await expect(first).toHaveAccessibleName(/^repository debian/);
  await page.keyboard.press("Control+y");
  await expect(first).toHaveAccessibleName(/^repository updates/);

  await section("Users");
  await form.getByRole("button", { name: "Add a group of users" }).click();
  const users = form.getByRole("form", { name: "New users" });
  await users.getByRole("textbox", { name: "user name" }).fill("tux");
  await users.getByLabel("user password").fill("open sesame");
  await page.keyboard.press("Enter");
  await expect(form.getByRole("region", { name: /^user tux/ })).toBeVisible();
  expect(await barriers(page)).toEqual([]);

  await save();
  await expect.poll(onDisk).toContain("tux");
  const changed = onDisk();
  expect(changed).toMatch(/<user name="tux" password="\$6\$[^"]+"\/>/);
  expect(changed).not.toContain("open sesame");
  expect(changed).toContain('<type image="docker"> <!-- a disk -->');
  expect(changed.indexOf("updates")).toBeLessThan(changed.indexOf("debian"));

  // A wrong value is said to be wrong, and stays out of the text.
  await page.getByRole("button", { name: "Form", exact: true }).click();
  await section("Image");
  const name = form.getByRole("textbox", { name: "name", exact: true });
  await name.fill("not a name");
  await page.keyboard.press("Enter");
  await expect(form.getByRole("alert")).toContainText("Not changed");
  await form.getByRole("button", { name: "Leave it as it was" }).click();
  await expect(name).toHaveValue("form");

  // The way to the text and back leads to the same place.
  await section("Repositories");
  await updates.getByRole("button", { name: "config.xml:13" }).click();
  await expect(page.getByText(/^Line 13, column/)).toBeVisible();
  await page.getByRole("button", { name: "Form", exact: true }).click();
  await expect(form.getByRole("tab", { name: "Repositories", exact: true })).toHaveAttribute("aria-selected", "true");

  // Whatever was saved meanwhile, everything can be taken back.
  const undo = form.getByRole("button", { name: "Undo" });
  for (let left = 4; left > 0; left--) await undo.click();
  await expect(undo).toBeDisabled();
  await save();
  await expect.poll(onDisk).toBe(text);
});
