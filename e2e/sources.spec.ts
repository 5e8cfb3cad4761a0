import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { barriers } from "./support/barriers.ts";
import { textOf } from "./support/editor-page.ts";
import { expect, test } from "./support/fixtures.ts";

/** A description comes from elsewhere, is changed and committed, and goes out again. */
test.describe.configure({ mode: "serial" });

let folder: string;
const run = (script: string, cwd = folder) => execFileSync("bash", ["-euc", script], { cwd, encoding: "utf8" });

const config = `<image schemaversion="8.0" name="brought">
  <description type="system">
    <author>Me</author>
    <contact>me@example.com</contact>
    <specification>Came from elsewhere</specification>
  </description>
  <preferences>
    <version>1.0.0</version>
    <packagemanager>apt</packagemanager>
    <type image="tbz"/>
  </preferences>
  <repository><source path="https://example.com/repo"/></repository>
  <packages type="bootstrap"><package name="bash"/></packages>
</image>
`;
const git = "git -c user.name=Ada -c user.email=ada@example.com -c safe.directory='*'";
const listing = (place: string) =>
  run("find . -printf '%p %y %m %l\\n' | sort; find . -type f | sort | xargs sha256sum", place);

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sources-"));
  mkdirSync(join(folder, "brought/root/etc"), { recursive: true });
  writeFileSync(join(folder, "brought/config.xml"), config);
  run(`cd brought; echo hello > root/etc/motd; chmod 640 root/etc/motd; ln -s /usr/share/zoneinfo/UTC root/etc/localtime
    # More than the web framework takes by itself.
    head -c 12000000 /dev/urandom > root/etc/large; printf '#!/bin/bash\\n' > config.sh; chmod 755 config.sh; ln -s config.sh other.sh; cd ..
    tar -czf brought.tar.gz brought; ln -s ../../etc/passwd brought/out; tar -czf hostile.tar.gz brought; rm brought/out`);
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function choose(page: Page, name: string) {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose an archive" }).click();
  await (await chooser).setFiles(join(folder, name));
}

test("a hostile archive is refused with its reason, a good one becomes a description", async ({ page, product }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Import" }).click();
  const dialog = page.getByRole("dialog", { name: "Import" });
  await choose(page, "hostile.tar.gz");
  await expect(dialog.getByRole("status")).toContainText("hostile.tar.gz");
  await expect(dialog.getByRole("textbox", { name: "Folder" })).toHaveValue("hostile");
  await dialog.getByRole("button", { name: "Import" }).click();
  await expect(dialog.getByRole("alert")).toContainText(
    'The link "out" leads out of its folder, to "../../etc/passwd"',
  );
  expect(await barriers(page)).toEqual([]);
  await choose(page, "brought.tar.gz");
  await expect(dialog.getByRole("textbox", { name: "Folder" })).toHaveValue("brought");
  await dialog.getByRole("button", { name: "Import" }).click();
  await expect(textOf(page, "config.xml")).toBeVisible();
  await expect(page).toHaveURL(/\/descriptions\/brought\/config\.xml$/);
  expect(listing(join(product.workspace, "brought"))).toBe(listing(join(folder, "brought")));
  expect(run("ls -A", product.workspace)).not.toContain("hostile");
});

test("what is downloaded is what was brought in", async ({ page }) => {
  await page.goto("/descriptions/brought/config.xml");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download as an archive" }).click();
  await (await download).saveAs(join(folder, "back.tar.gz"));
  run("mkdir back; tar -xzpf back.tar.gz -C back");
  expect(listing(join(folder, "back/brought"))).toBe(listing(join(folder, "brought")));
});

test("a pasted text and an uploaded folder become descriptions", async ({ page, product }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Import" }).click();
  const dialog = page.getByRole("dialog", { name: "Import" });
  await dialog.getByText("Pasted text").click();
  await dialog.getByLabel("Text of the image file").fill(config);
  await dialog.getByRole("textbox", { name: "Folder" }).fill("pasted");
  await dialog.getByRole("button", { name: "Import" }).click();
  await expect(page).toHaveURL(/\/descriptions\/pasted\/config\.xml$/);
  expect(readFileSync(join(product.workspace, "pasted/config.xml"), "utf8")).toBe(config);

  await page.goto("/");
  await page.getByRole("button", { name: "Import" }).click();
  run(
    "cp -r brought uploaded; rm uploaded/root/etc/large uploaded/root/etc/localtime uploaded/other.sh; git init -q uploaded",
  );
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose a folder" }).click();
  await (await chooser).setFiles(join(folder, "uploaded"));
  await expect(dialog.getByRole("status")).toContainText("3 files");
  await dialog.getByRole("button", { name: "Import" }).click();
  await expect(page).toHaveURL(/\/descriptions\/uploaded\/config\.xml$/);
  expect(readFileSync(join(product.workspace, "uploaded/root/etc/motd"), "utf8")).toBe("hello\n");
});

test("a change is seen, committed and gone; another one is discarded", async ({ page, product }) => {
  const place = join(product.workspace, "brought");
  run(`${git} init -q -b main . && ${git} add -A && ${git} commit -qm Begin`, place);
  execFileSync("chown", ["--recursive", "--reference", product.workspace, place]);
  await page.goto("/descriptions/brought/config.xml");
  await textOf(page, "config.xml").focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("<!-- mine -->");
  await page.keyboard.press("Control+s");
  await expect(page.getByText("Saved config.xml")).toBeVisible();
  const item = page.getByRole("tree", { name: "Files" }).locator('[data-path="config.xml"]');
  await expect(item).toContainText("changed since the last commit");
  await page.getByRole("button", { name: "Changes (1)" }).click();
  const view = page.getByRole("region", { name: "Changes", exact: true });
  await expect(view.getByRole("region", { name: "Changes of config.xml" })).toContainText("<!-- mine -->");
  await view.getByLabel("Message").fill("A note");
  await view.getByLabel("Your name").fill("Grace");
  await view.getByLabel("Your address").fill("grace@example.com");
  expect(await barriers(page)).toEqual([]);
  await view.getByRole("button", { name: "Commit 1 file" }).click();
  await expect(view.getByText("Nothing has changed since the last commit.")).toBeVisible();
  await expect(view.getByRole("region", { name: "History" })).toContainText("A note");
  expect(run(`${git} log -1 --format='%an %s' && ${git} status --porcelain`, place)).toBe("Grace A note\n");

  // As if by hand, beside the page.
  writeFileSync(join(place, "config.sh"), "#!/bin/bash\ntrue\n");
  await page.reload();
  await expect(view.getByRole("button", { name: "config.sh", exact: true })).toBeVisible();
  await view.getByRole("button", { name: "Discard the changes of config.sh" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Discard", exact: true }).click();
  await expect(view.getByText("Nothing has changed since the last commit.")).toBeVisible();
  expect(readFileSync(join(place, "config.sh"), "utf8")).toBe("#!/bin/bash\n");
  // What was before the note.
  await view.getByRole("button", { name: /^Begin/ }).click();
  await expect(view.getByRole("region", { name: "Changes of config.xml" })).toContainText("<!-- mine -->");
});

test("a branch is made, and goes to the remote", async ({ page, product }) => {
  const place = join(product.workspace, "brought");
  run(
    `cp -r brought/.git remote.git; ${git} -C remote.git config core.bare true
    ${git} -C brought remote add origin ../remote.git`,
    product.workspace,
  );
  execFileSync("chown", [
    "--recursive",
    "--reference",
    product.workspace,
    place,
    join(product.workspace, "remote.git"),
  ]);
  await page.goto("/descriptions/brought/config.xml?view=changes");
  const view = page.getByRole("region", { name: "Changes", exact: true });
  await view.getByRole("button", { name: "Branch main" }).click();
  await page.getByRole("menuitem", { name: "New branch" }).click();
  await page.getByRole("dialog", { name: "New branch" }).getByLabel("Name").fill("topic");
  await page.getByRole("dialog", { name: "New branch" }).getByRole("button", { name: "Create" }).click();
  await expect(view.getByRole("button", { name: "Branch topic" })).toBeVisible();
  await expect(view).toContainText("follows no remote branch");
  await view.getByRole("button", { name: "Push" }).click();
  await expect(view).toContainText("same as origin/topic");
  expect(run(`${git} -C remote.git log -1 --format=%s topic`, product.workspace)).toBe("A note\n");
});

test("a repository is cloned; an address that is a program is refused, and nothing stays", async ({
  page,
  product,
}) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Import" }).click();
  const dialog = page.getByRole("dialog", { name: "Import" });
  await dialog.getByText("Git repository").click();
  await dialog.getByRole("textbox", { name: "Address" }).fill("ext::sh -c 'touch /tmp/evil'");
  await dialog.getByRole("textbox", { name: "Folder" }).fill("cloned");
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Import" }).click();
  await expect(dialog.getByRole("alert")).toContainText("cannot be used");
  await dialog.getByRole("textbox", { name: "Address" }).fill("remote.git");
  await dialog.getByRole("textbox", { name: "Branch" }).fill("topic");
  await dialog.getByRole("button", { name: "Import" }).click();
  await expect(page).toHaveURL(/\/descriptions\/cloned\/config\.xml$/);
  await page.getByRole("button", { name: "Changes", exact: true }).click();
  await expect(page.getByRole("button", { name: "Branch topic" })).toBeVisible();
  expect(run("ls -A", product.workspace)).not.toContain(".new-");
});
