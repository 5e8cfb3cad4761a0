import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { barriers } from "./support/barriers.ts";
import { BuildPage, startBuild } from "./support/build-page.ts";
import { expect, test } from "./support/fixtures.ts";
import { hostState } from "./support/host.ts";
import type { Product } from "./support/product.ts";

/** From nothing to an image, and what happens when somebody or something interferes. Each story builds on the last. */
test.describe.configure({ mode: "serial" });

const descriptionPath = "/descriptions/first-image/config.xml";

const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");

const storedLog = (product: Product, build: string) =>
  readFileSync(join(product.dataDir, "builds", build, "0/build.log"));

/** Line number of the first line of the description that holds `text`. */
function lineOf(product: Product, text: string): number {
  const lines = readFileSync(join(product.workspace, "first-image/config.xml"), "utf8").split("\n");
  const index = lines.findIndex((line) => line.includes(text));
  expect(index, `no line holds ${text}`).toBeGreaterThanOrEqual(0);
  return index + 1;
}

/** Where a piece of text stands on the screen. */
async function placeOf(page: Page, text: string): Promise<{ x: number; width: number }> {
  const place = await page.evaluate((wanted) => {
    const walker = document.createTreeWalker(
      document.querySelector(".view-lines") ?? document.body,
      NodeFilter.SHOW_TEXT,
    );
    while (walker.nextNode()) {
      const at = walker.currentNode.nodeValue?.indexOf(wanted) ?? -1;
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + wanted.length);
      const { x, width } = range.getBoundingClientRect();
      return { x, width };
    }
    return null;
  }, text);
  if (place === null) throw new Error(`${text} is not on the screen`);
  return place;
}

const problems = (page: Page) => page.getByRole("region", { name: "Problems" });

test("a Debian description is made from the template", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "New description" }).click();
  const dialog = page.getByRole("dialog", { name: "New description" });
  await expect(dialog.getByRole("combobox", { name: "Template" })).toHaveValue("Debian");
  await dialog.getByRole("textbox", { name: "Image name" }).fill("first-image");
  await expect(dialog.getByRole("textbox", { name: "Folder" })).toHaveValue("first-image");
  await dialog.getByRole("button", { name: "Create" }).click();
  await page.waitForURL(`**${descriptionPath}`);
  await expect(page.getByRole("tree", { name: "Files" }).getByRole("treeitem", { name: "config.xml" })).toBeVisible();
  await expect(problems(page)).toContainText("0 errors");
});

test("a wrong attribute is marked where it stands, and completion mends it", async ({ page, product }) => {
  const line = lineOf(product, '<packages type="image">');
  await page.goto(`${descriptionPath}?file=config.xml&line=${line}`);
  const editor = page.getByRole("textbox", { name: "config.xml" });
  await expect(editor).toBeVisible();
  await expect(problems(page)).toContainText("0 errors");
  await editor.focus();
  await page.keyboard.press("End");
  await page.keyboard.insertText('\n<package nme="tzdata"/>');

  const problem = problems(page).getByRole("button", { name: /^Error .*"nme" is not allowed/ });
  await expect(problem).toContainText('Did you mean "name"?');
  await expect(problem).toContainText(`config.xml:${line + 1}`);
  // One of the marks stands under just the three letters of the wrong attribute.
  const letters = await placeOf(page, "nme");
  const marks = await page
    .locator(".squiggly-error")
    .evaluateAll((all) => all.map((mark) => mark.getBoundingClientRect()).map(({ x, width }) => ({ x, width })));
  expect(
    marks.filter(({ x, width }) => Math.abs(x - letters.x) < 2 && Math.abs(width - letters.width) < 2),
  ).toHaveLength(1);
  await expect(page.getByRole("button", { name: "Build", exact: true })).toBeDisabled();

  // Off with the wrong attribute, on with the one that completion offers.
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  for (const _ of 'nme="tzdata"') await page.keyboard.press("Shift+ArrowLeft");
  await page.keyboard.type("n");
  const offer = page.locator(".suggest-widget").getByRole("option", { name: /^name/ });
  await expect(offer).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.insertText("tzdata");
  await expect(page.locator(".view-lines")).toContainText(/<package\sname="tzdata"\/>/);
  await expect(problems(page)).toContainText("0 errors");

  // Unsaved text survives a reload.
  await page.reload();
  await expect(page.locator(".view-lines")).toContainText(/<package\sname="tzdata"\/>/);
  await page.getByRole("button", { name: "Save" }).click();
  await expect
    .poll(() => readFileSync(join(product.workspace, "first-image/config.xml"), "utf8"))
    .toMatch(/^ +<package name="tzdata"\/>$/m);
});

test("hover shows what the schema says", async ({ page, product }) => {
  await page.goto(`${descriptionPath}?file=config.xml&line=${lineOf(product, "<packagemanager>")}`);
  await expect(problems(page)).toContainText("0 errors");
  // Lenses that come meanwhile move the lines away from under a pointer that stands still: it is moved again.
  await expect(async () => {
    await page.locator(".view-lines").getByText("<version>").first().hover();
    await page.locator(".view-lines").getByText("packagemanager").first().hover();
    const shown = page.locator(".monaco-hover-content").filter({ hasText: /package manager/i });
    await expect(shown).toBeVisible({ timeout: 5000 });
  }).toPass();
});

test("a file that changed on disk is never overwritten unseen", async ({ page, product }) => {
  const path = join(product.workspace, "first-image/config.xml");
  await page.goto(`${descriptionPath}?file=config.xml&line=1`);
  const editor = page.getByRole("textbox", { name: "config.xml" });
  await editor.focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText("<!-- mine -->\n");
  const before = readFileSync(path, "utf8");
  const theirs = `${before}<!-- theirs -->\n`;
  execFileSync("tee", [path], { input: theirs });
  await page.getByRole("button", { name: "Save" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("theirs");
  await expect(dialog).toContainText("mine");
  expect(readFileSync(path, "utf8")).toBe(theirs);
  await dialog
    .getByRole("button", { name: /theirs|disk/i })
    .first()
    .click();
  await expect(page.locator(".view-lines")).not.toContainText("mine");
  execFileSync("tee", [path], { input: before });
});

test("a real build is watched line by line, and its image is downloaded", async ({ page, product }) => {
  test.setTimeout(800_000);
  await page.goto(descriptionPath);
  await expect(problems(page)).toContainText("0 errors");
  const build = await startBuild(page, "tbz");

  // Lines arrive while the build still runs.
  await expect(build.log).toContainText(/Preparing new root system|Setting up repository/, { timeout: 60_000 });
  await expect(build.state).toHaveText("Running");
  const early = (await build.copiedLog()).length;
  expect(early).toBeGreaterThan(0);
  await expect.poll(async () => (await build.copiedLog()).length, { timeout: 60_000 }).toBeGreaterThan(early);
  await expect(build.state).toHaveText("Running");

  await build.expectState("Succeeded");
  const phases = page.getByRole("navigation", { name: "Phases" });
  for (const phase of ["Load description", "Bootstrap packages", "System packages", "Pack archive", "Results"]) {
    await expect(phases).toContainText(phase);
  }
  await expect(page.getByText(/kiwi-ng .*system prepare/).first()).toBeVisible();
  await expect(build.log).toContainText("SHA-256 equal to the builder's");
  expect(sha256(await build.copiedLog())).toBe(sha256(storedLog(product, build.id)));

  const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: /\.tar\.xz/ }) });
  const download = page.waitForEvent("download");
  await row.getByRole("link", { name: /\.tar\.xz/ }).click();
  const archive = await (await download).path();
  const shown = (await row.textContent()) ?? "";
  const digest = sha256(readFileSync(archive));
  expect(shown).toContain(digest.slice(0, 8));
  const members = execFileSync("tar", ["-tJf", archive], { encoding: "utf8", maxBuffer: 64 << 20 }).split("\n");
  expect(members).toContain("etc/os-release");
  expect(members.some((name) => name.startsWith("usr/share/zoneinfo/"))).toBe(true);

  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const href = (await row.getByRole("link", { name: /\.tar\.xz/ }).getAttribute("href")) ?? "";
  const part = await fetch(product.origin + href, { headers: { cookie, range: "bytes=1000-1999" } });
  expect(part.status).toBe(206);
  expect(Buffer.from(await part.arrayBuffer())).toEqual(readFileSync(archive).subarray(1000, 2000));
});

test("a cancelled build leaves nothing on the host", async ({ page, product }) => {
  test.setTimeout(240_000);
  const builds = join(product.dataDir, "builds");
  const before = hostState(builds);
  await page.context().grantPermissions(["notifications"], { origin: product.origin });
  await page.addInitScript(() => {
    const told: string[] = [];
    // The browser's own, listened to; and nobody looks at the page.
    window.Notification = class extends Notification {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        told.push(title);
      }
    };
    document.hasFocus = () => false;
    Object.assign(window, { told });
  });
  await page.goto(descriptionPath);
  await expect(problems(page)).toContainText("0 errors");
  const build = await startBuild(page, "ext4", { fromNothing: true });
  await page.getByRole("button", { name: "Tell me" }).click();
  await expect(page.getByRole("button", { name: "Tell me" })).toHaveAttribute("aria-pressed", "true");
  await expect(build.log).toContainText("Installing bootstrap packages", { timeout: 60_000 });
  expect(hostState(builds).processes).not.toEqual(before.processes);
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await page.getByRole("button", { name: "Cancel the build" }).click();
  await build.expectState("Cancelled", 60);
  expect(await page.evaluate("told")).toEqual([expect.stringMatching(/: cancelled$/)]);
  expect(hostState(builds)).toEqual(before);
});

test("web, builder and database are killed midway, and the build ends as if nothing had happened", async ({
  page,
  product,
}) => {
  test.setTimeout(800_000);
  await page.goto(descriptionPath);
  await expect(problems(page)).toContainText("0 errors");
  const build = await startBuild(page, "tbz");
  // Nothing has changed since the first build that decides over packages.
  await expect(build.log).toContainText("The packages are those that build", { timeout: 60_000 });
  await expect(page.getByRole("link", { name: "the build that installed them" })).toBeVisible();
  for (const part of ["web", "builder", "database"] as const) {
    const pid = product.pid(part);
    process.kill(pid, "SIGKILL");
    await expect
      .poll(
        () => {
          try {
            return product.pid(part);
          } catch {
            return pid;
          }
        },
        { timeout: 60_000, message: `${part} comes back` },
      )
      .not.toBe(pid);
  }
  await build.expectState("Succeeded");
  await expect(build.log).toContainText("SHA-256 equal to the builder's", { timeout: 60_000 });
  const stored = storedLog(product, build.id);
  expect(await build.copiedLog()).toBe(stored.toString("utf8"));

  // A page that was opened only now shows the same.
  const later = await page.context().newPage();
  await later.goto(`/builds/${build.id}`);
  const again = new BuildPage(later);
  await expect(again.log).toContainText("SHA-256 equal to the builder's", { timeout: 30_000 });
  expect(sha256(await again.copiedLog())).toBe(sha256(stored));
  await later.close();
});

test("the list of builds tells what happened", async ({ page }) => {
  await page.goto("/builds");
  const rows = page.getByRole("row", { name: /first-image/ });
  await expect(rows).toHaveCount(3);
  await expect(rows.filter({ hasText: "Succeeded" })).toHaveCount(2);
  await expect(rows.filter({ hasText: "Cancelled" })).toHaveCount(1);
});

test("what is in the image, and what is different from the build before", async ({ page }) => {
  await page.goto("/builds");
  await page
    .getByRole("row", { name: /Succeeded.*first-image/ })
    .first()
    .getByRole("link", { name: /^first-image 1/ })
    .click();
  const results = page.getByRole("region", { name: "Results" });
  await results.getByRole("link", { name: "Packages and changed files" }).click();
  await page.getByRole("searchbox", { name: "Search packages" }).fill("ca-certif");
  await expect(page.getByRole("status").filter({ hasText: "1 package" })).toBeVisible();
  await expect(page.getByRole("row", { name: /^ca-certificates \d/ })).toBeVisible();
  expect(await barriers(page), "contents").toEqual([]);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "CycloneDX" }).click();
  const bom = JSON.parse(readFileSync(await (await download).path(), "utf8"));
  expect(bom.components.map(({ name }: { name: string }) => name)).toContain("ca-certificates");
  await page.goBack();

  await results.getByRole("link", { name: "Compare with the good build before" }).click();
  await expect(page.getByRole("region", { name: "Packages" })).toContainText("0 added, 0 removed, 0 updated");
  await expect(page.getByRole("region", { name: "Phases" }).getByRole("row", { name: /^Pack archive/ })).toBeVisible();
  expect(await barriers(page), "comparison").toEqual([]);
  await page.goBack();

  await results.getByRole("link", { name: "History of this description" }).click();
  await expect(page.getByRole("region", { name: "Packages" }).getByRole("link")).toHaveCount(2);
  await expect(page.getByRole("row", { name: /first-image/ })).toHaveCount(3);
  expect(await barriers(page), "history").toEqual([]);
});
