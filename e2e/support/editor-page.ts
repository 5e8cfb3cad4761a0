import { expect, type Page } from "@playwright/test";

/** The text field of the file that is shown. */
export const textOf = (page: Page, file: string) => page.getByRole("textbox", { name: `Text of ${file}` });

export const problems = (page: Page) => page.getByRole("region", { name: "Problems" });

/** The lines of text that are drawn. */
export const lines = (page: Page) => page.locator('[data-part="text"] .view-lines').first();

/** Line and column of the first place of a text. */
function placeIn(content: string, place: string): [line: number, column: number] {
  const before = content.slice(0, content.indexOf(place)).split("\n");
  return [before.length, (before.at(-1)?.length ?? 0) + 1];
}

/** Goes to the next problem by its key, which is at the first place of a text. */
export async function nextProblem(page: Page, content: string, place: string) {
  const [line, column] = placeIn(content, place);
  await page.keyboard.press("F8");
  await expect(page.getByText(`Line ${line}, column ${column}`, { exact: true })).toBeVisible();
}

/** Opens a file of a description with the cursor before the first place of a text in it. */
export async function openAt(page: Page, address: string, file: string, content: string, place: string) {
  const [line, column] = placeIn(content, place);
  await page.goto(`${address}?file=${file}&line=${line}`);
  await expect(problems(page)).toContainText(/\d errors?/);
  await expect(page.getByText(`Line ${line}, column 1`, { exact: true })).toBeVisible();
  await textOf(page, file).focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Home");
  await expect(page.getByText(`Line ${line}, column 1`, { exact: true })).toBeVisible();
  for (let at = 1; at < column; at++) await page.keyboard.press("ArrowRight");
  await expect(page.getByText(`Line ${line}, column ${column}`, { exact: true })).toBeVisible();
}

/** Opens the menu of fixes at the cursor, and takes one of them, all by keyboard. */
export async function fix(page: Page, title: string | RegExp) {
  await page.keyboard.press("Control+.");
  const offer = page.getByRole("option", { name: title });
  await expect(offer).toBeVisible();
  for (let presses = 0; presses < 12 && (await offer.getAttribute("class"))?.includes("focused") !== true; presses++) {
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  await expect(offer).toBeHidden();
}

/** Forgets what was typed, so that stories do not hang on each other. */
export async function discard(page: Page) {
  await page.evaluate(() => localStorage.clear());
}
