import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test as base, expect } from "./support/fixtures.ts";
import { type Product, startProduct } from "./support/product.ts";

const missing = "/nonexistent/kiwi-ng";

/** A product for a KIWI that is not there; everything else is as in the other stories. */
const test = base.extend<object, { product: Product }>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern.
    async ({}, use) => {
      const product = await startProduct({ KIWI_WORKBENCH_KIWI: missing });
      await use(product);
      await product.stop();
    },
    { scope: "worker", timeout: 600_000 },
  ],
});

test.describe.configure({ mode: "serial" });

test("the start says in one paragraph what is missing and what that means", async ({ product }) => {
  const paragraphs = product
    .output()
    .split("\n")
    .filter((line) => line.startsWith("! "));
  const [paragraph = ""] = paragraphs.filter((line) => line.includes("KIWI"));
  expect(paragraph).toContain("There is no usable KIWI");
  expect(paragraph).toContain("images cannot be built");
  expect(paragraph).toContain("well-formedness");
  expect(paragraph).toContain(missing);
});

test("descriptions are made, judged by well-formedness alone, and saved", async ({ page, product }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "New description" }).click();
  const dialog = page.getByRole("dialog", { name: "New description" });
  await dialog.getByRole("textbox", { name: "Image name" }).fill("plain");
  await dialog.getByRole("button", { name: "Create" }).click();
  await page.waitForURL("**/descriptions/plain/config.xml");

  const problems = page.getByRole("region", { name: "Problems" });
  const status = page.getByRole("region", { name: "Status" });
  await expect(problems).toContainText("Only well-formedness is checked.");
  await expect(problems).toContainText(missing);
  await expect(status).toContainText("Well-formed");
  await expect(status).toContainText("No schema");

  await page.getByRole("textbox", { name: "Text of config.xml" }).focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText("<open>");
  await expect(problems).toContainText(/[1-9] errors?/);
  await page.keyboard.press("Control+z");
  await expect(status).toContainText("Well-formed");

  // Without a schema nobody knows that this is nonsense; and what was typed can be saved as ever.
  await page.goto("/descriptions/plain/config.xml?line=7");
  await page.getByRole("textbox", { name: "Text of config.xml" }).focus();
  await page.keyboard.press("End");
  await page.keyboard.insertText("<nonsense/>");
  await expect(status).toContainText("Well-formed");
  await page.keyboard.press("Control+s");
  await expect.poll(() => readFileSync(join(product.workspace, "plain/config.xml"), "utf8")).toContain("<nonsense/>");
});

test("Build is off and says why, on the page and on the command line", async ({ page, product }) => {
  await page.goto("/descriptions/plain/config.xml");
  const build = page.getByRole("button", { name: "Build", exact: true });
  await expect(build).toBeDisabled();
  await expect(page.getByRole("link", { name: /^Builder: Cannot build/ })).toHaveAccessibleName(new RegExp(missing));
  await expect(build).toHaveAccessibleDescription(new RegExp(missing));

  const answer = await product.cli("build", join(product.workspace, "plain"));
  expect(answer.code).toBe(1);
  expect(answer.stderr).toContain(missing);
  const doctor = await product.cli("doctor", "--json");
  expect(doctor.code).toBe(1);
  expect(JSON.parse(doctor.stdout)).toMatchObject({ kiwi: null, kiwiProblem: expect.stringContaining(missing) });
});
