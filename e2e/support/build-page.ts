import { expect, type Locator, type Page } from "@playwright/test";

/** What the tests do and see on the page of a build. */
export class BuildPage {
  readonly state: Locator;
  readonly log: Locator;
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.state = page.getByTestId("build-state");
    this.log = page.getByRole("region", { name: "Build log" });
  }

  get id(): string {
    return new URL(this.page.url()).pathname.split("/").at(-1) ?? "";
  }

  /** Waits for a state, with patience for a real build. */
  async expectState(words: string | RegExp, seconds = 480) {
    await expect(this.state).toHaveText(words, { timeout: seconds * 1000 });
  }

  /** The whole log as the page copies it. */
  async copiedLog(): Promise<string> {
    const clipboard = () => this.page.evaluate(() => navigator.clipboard.readText());
    await this.page.evaluate(() => navigator.clipboard.writeText(""));
    await this.page.getByRole("button", { name: "Copy log" }).click();
    await expect.poll(clipboard).not.toBe("");
    return clipboard();
  }
}

/** Starts a build from the editor's page, by the dialog; `fromNothing` lets it do without packages of earlier ones. */
export async function startBuild(page: Page, type: string, { fromNothing = false } = {}): Promise<BuildPage> {
  await page.getByRole("button", { name: "Build", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Type" }).click();
  await page.getByRole("option", { name: new RegExp(`^${type}\\b`) }).click();
  if (fromNothing) {
    await dialog.getByRole("button", { name: /^Options/ }).click();
    await dialog.getByRole("checkbox", { name: "Build from nothing" }).check();
  }
  await dialog.getByRole("button", { name: "Start build" }).click();
  await page.waitForURL(/\/builds\/[0-9a-f-]{36}$/);
  return new BuildPage(page);
}
