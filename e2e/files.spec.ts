import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { barriers } from "./support/barriers.ts";
import { discard, lines, textOf } from "./support/editor-page.ts";
import { expect, test } from "./support/fixtures.ts";

test("files of the overlay are made, uploaded, made executable, moved and deleted in the page", async ({
  page,
  product,
}) => {
  const folder = join(product.workspace, "files");
  mkdirSync(folder, { recursive: true });
  const xml = '<image schemaversion="8.0" name="files"></image>\n';
  writeFileSync(join(folder, "config.xml"), xml);
  writeFileSync(join(folder, "old.sh"), "#!/bin/sh\n");
  // The web server is another user than these tests, and changes what is its own.
  execFileSync("chown", ["--recursive", "--reference", product.workspace, folder]);
  await page.goto("/descriptions/files/config.xml");
  await expect(textOf(page, "config.xml")).toBeVisible();
  const tree = page.getByRole("tree", { name: "Files" });
  const item = (name: string) => tree.getByRole("treeitem", { name });
  const choose = async (name: string | RegExp) => {
    await page.getByRole("button", { name: "Files: new, upload, rename, delete" }).click();
    await page.getByRole("menuitem", { name }).click();
  };
  const dialog = page.getByRole("dialog");
  const path = dialog.getByRole("textbox", { name: "Path in the description's folder" });

  await choose("New file");
  await path.fill("../escape");
  await expect(dialog.getByRole("button", { name: "Make the file" })).toBeDisabled();
  await path.fill("config.xml");
  await dialog.getByRole("button", { name: "Make the file" }).click();
  await expect(page.getByRole("alert").filter({ hasText: '"config.xml" is there already.' })).toBeVisible();
  expect(readFileSync(join(folder, "config.xml"), "utf8")).toBe(xml);

  await choose("New file");
  await path.fill("root/etc/motd");
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press("Enter");
  await expect(textOf(page, "root/etc/motd")).toBeVisible();
  await textOf(page, "root/etc/motd").focus();
  await page.keyboard.type("Welcome");
  await expect(lines(page)).toContainText("Welcome");

  // What is not saved is not thrown away with its file.
  await choose("Delete");
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Save root/etc/motd first" })).toBeVisible();
  await textOf(page, "root/etc/motd").focus();
  await page.keyboard.press("Control+s");
  await expect.poll(() => readFileSync(join(folder, "root/etc/motd"), "utf8")).toBe("Welcome");

  const chosen = page.waitForEvent("filechooser");
  await choose(/^Upload files into root\/etc/);
  const bytes = Buffer.from([0, 1, 2, 255]);
  await (await chosen).setFiles({ name: "blob.bin", mimeType: "application/octet-stream", buffer: bytes });
  await expect(item("blob.bin")).toBeVisible();
  expect(readFileSync(join(folder, "root/etc/blob.bin"))).toEqual(bytes);

  await item("old.sh").click({ button: "right" });
  await page.getByRole("menuitem", { name: "Make it executable" }).click();
  await expect.poll(() => statSync(join(folder, "old.sh")).mode & 0o111).toBe(0o111);
  await item("old.sh").click({ button: "right" });
  await page.getByRole("menuitem", { name: "Rename or move" }).click();
  await path.fill("config.sh");
  await page.keyboard.press("Enter");
  await expect(textOf(page, "config.sh")).toBeVisible();
  await expect(item("old.sh")).toHaveCount(0);
  expect(statSync(join(folder, "config.sh")).mode & 0o111).toBe(0o111);

  await choose("Delete");
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(item("config.sh")).toHaveCount(0);
  await expect(textOf(page, "config.xml")).toBeVisible();
  expect(existsSync(join(folder, "config.sh"))).toBe(false);
  // The image file stays.
  await item("config.xml").click({ button: "right" });
  await expect(page.getByRole("menuitem", { name: "New file" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "Delete" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  expect(await barriers(page)).toEqual([]);
  await discard(page);
});
