import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { barriers } from "./support/barriers.ts";
import { expect, test } from "./support/fixtures.ts";

/** Pages, their dialogs and their failures for people who do not see them, or have no mouse. */
test.describe.configure({ mode: "serial" });

const editor = "/descriptions/walked/config.xml";

/** Presses Tab until an element has the focus, as somebody does who has no mouse. */
async function tabTo(page: Page, target: Locator) {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 40; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(target, "is never reached by the Tab key").toBeFocused();
}

test("from the start page to a build without a mouse", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("button", { name: "New description" })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("button", { name: "New description" }));
  await page.keyboard.press("Enter");

  const dialog = page.getByRole("dialog", { name: "New description" });
  await expect(dialog.getByRole("combobox", { name: "Template" })).toBeFocused();
  const name = dialog.getByRole("textbox", { name: "Image name" });
  await tabTo(page, name);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("not a name");
  await page.keyboard.press("Enter");
  // What is wrong is said at its field, and the focus is there.
  await expect(name).toBeFocused();
  await expect(name).toHaveAccessibleDescription(/Only letters, digits/);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("walked");
  await page.keyboard.press("Enter");

  await page.waitForURL(`**${editor}`);
  const text = page.getByRole("textbox", { name: "Text of config.xml" });
  await tabTo(page, text);
  // The text keeps the Tab key for itself until it is asked for it.
  await page.keyboard.press("Control+m");
  await page.keyboard.press("Tab");
  await expect(text).not.toBeFocused();
  const build = page.getByRole("button", { name: "Build", exact: true });
  await expect(build).toBeEnabled();
  await tabTo(page, build);
  await page.keyboard.press("Enter");

  const question = page.getByRole("dialog", { name: "Build walked" });
  const disk = question.getByRole("checkbox", { name: "Disk" });
  await tabTo(page, disk);
  await page.keyboard.press("Space");
  await expect(disk).toBeChecked();
  const type = question.getByRole("combobox", { name: "Type" });
  await tabTo(page, type);
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("option", { name: /^oem/ })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(type).toHaveValue(/oem/);
  await tabTo(page, question.getByRole("button", { name: "Start build" }));
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await expect(build).toBeFocused();
});

test("nothing keeps people out of the pages", async ({ page }) => {
  for (const [path, sign] of [
    ["/", "walked/config.xml"],
    ["/builds", "Nothing has been built yet"],
    ["/builder", "Free disk space"],
    ["/builds/00000000-0000-4000-8000-000000000000", "There is no such build"],
    ["/descriptions/none/config.xml", "There is nothing here"],
    ["/none", "There is nothing here"],
  ] as const) {
    await page.goto(path);
    await expect(page.getByText(sign).first()).toBeVisible();
    expect(await barriers(page), path).toEqual([]);
  }
});

test("nothing keeps people out of the login", async ({ browser, product }) => {
  const stranger = await browser.newContext({ baseURL: product.origin });
  const page = await stranger.newPage();
  await page.goto("/builds");
  await page.getByLabel("Login token").fill("used up");
  await page.keyboard.press("Enter");
  await expect(page.getByText("This token is not valid")).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await stranger.close();
});

test("nothing keeps people out of the dialogs", async ({ page, product }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "New description" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Folder" }).fill("../out");
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(dialog.getByText("Must be a plain relative path")).toBeVisible();
  expect(await barriers(page), "New description").toEqual([]);

  await page.goto(editor);
  await page.getByRole("button", { name: "Build", exact: true }).click();
  await expect(dialog.getByRole("button", { name: "Start build" })).toBeVisible();
  expect(await barriers(page), "Build").toEqual([]);
  await page.keyboard.press("Escape");

  await page.getByRole("textbox", { name: "Text of config.xml" }).focus();
  await page.keyboard.insertText("<!-- mine -->");
  writeFileSync(join(product.workspace, "walked/config.xml"), '<image schemaversion="8.5" name="theirs"/>');
  await page.keyboard.press("Control+s");
  await expect(dialog.getByRole("button", { name: "Take theirs" })).toBeVisible();
  expect(await barriers(page), "Conflict").toEqual([]);
  await dialog.getByRole("button", { name: "Take theirs" }).click();
});

test("nothing keeps people out of an editor full of problems", async ({ page, product }) => {
  const folder = join(product.workspace, "problems");
  mkdirSync(folder, { recursive: true });
  const wrong = Array.from({ length: 300 }, (_, index) => `  <wrong${index}/>`).join("\n");
  writeFileSync(join(folder, "config.xml"), `<image schemaversion="8.5" name="problems">\n${wrong}\n</image>\n`);
  await page.goto("/descriptions/problems/config.xml");
  await expect(
    page
      .getByRole("region", { name: "Problems" })
      .getByRole("button", { name: /^Error .*<wrong0>/ })
      .first(),
  ).toBeVisible();
  expect(await barriers(page)).toEqual([]);
});
