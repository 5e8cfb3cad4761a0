import { type Browser, type BrowserContext, chromium, type Page, type Worker } from "@playwright/test";
import { lineIndex } from "#lib/xml/positions.ts";
import config from "../playwright.config.ts";
import type { Typing } from "./descriptions.ts";
import { longestTask } from "./main-thread.ts";

/** Someone types fast, ten keys in a second, each held down for half of that; and looks at a place before typing there. */
const HALF_PACE_MS = 50;
const LOOK_MS = 500;

/** What the worker took for its first answers, in milliseconds. */
export interface FirstAnswers {
  schema: number;
  check: number;
}

/** What typing took: from each key to the marks of the text with it, and the longest task of the page meanwhile. */
export interface TypingTimes {
  keys: number[];
  longestTask: number;
}

/** What is watched inside of the page. */
interface Watched {
  /** When keys were pressed, by the browser's own clock. */
  pressed: number[];
  /** When marks were set, and when the text that they speak of had changed last. */
  marked: { at: number; changed: number }[];
  isTyping: boolean;
}

declare global {
  var watched: Watched;
}

/** A busy machine takes its time to show a page; what is measured says so itself. */
export const patience = 180_000;

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch(config.use?.launchOptions ?? {});
}

/** A description in the editor, in a browser window. */
export class EditorPage {
  readonly #page: Page;
  readonly #first: Promise<FirstAnswers>;

  private constructor(page: Page) {
    this.#page = page;
    this.#first = firstAnswers(page);
  }

  /** Opens a description and waits until it is judged. */
  static async open(context: BrowserContext, address: string): Promise<EditorPage> {
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.addInitScript(watch);
    const opened = new EditorPage(page);
    await page.goto(address);
    await page
      .getByRole("region", { name: "Problems" })
      .getByText(/\d+ errors?/)
      .first()
      .waitFor();
    return opened;
  }

  firstAnswers(): Promise<FirstAnswers> {
    return this.#first;
  }

  /** Types at places of the text, the last place first, by pressing keys. */
  async type(text: string, typings: readonly Typing[]): Promise<TypingTimes> {
    const page = this.#page;
    const lines = lineIndex(text);
    const browser = page.context().browser();
    await browser?.startTracing(page, { categories: ["toplevel"] });
    for (const typing of typings) {
      const { line, column } = lines.position(typing.at);
      await page.getByRole("textbox", { name: "Text of config.xml" }).focus();
      await page.keyboard.press("Control+g");
      await page.keyboard.type(`${line}:${column}`);
      await page.keyboard.press("Enter");
      await page.getByText(`Line ${line}, column ${column}`, { exact: true }).waitFor();
      await page.waitForTimeout(LOOK_MS);
      await page.evaluate(() => {
        watched.isTyping = true;
      });
      for (const key of typing.text) {
        await page.keyboard.press(key === "\n" ? "Enter" : key, { delay: HALF_PACE_MS });
        await page.waitForTimeout(HALF_PACE_MS);
      }
      await page.evaluate(() => {
        watched.isTyping = false;
      });
      await page.waitForFunction(() => (watched.pressed.at(-1) ?? 0) <= (watched.marked.at(-1)?.changed ?? 0));
    }
    const trace = await browser?.stopTracing();
    const { pressed, marked } = await page.evaluate(() => watched);
    // Marks speak of a key if their text has changed since.
    const keys = pressed.map((key) => (marked.find(({ changed }) => changed >= key)?.at ?? Number.NaN) - key);
    return { keys, longestTask: trace === undefined ? Number.NaN : longestTask(trace) };
  }

  async close(): Promise<void> {
    await this.#page.close();
  }
}

/** Runs in the page before its own code. */
function watch(): void {
  globalThis.watched = { pressed: [], marked: [], isTyping: false };
  addEventListener(
    "keydown",
    ({ isTrusted, timeStamp }) => {
      if (isTrusted && watched.isTyping) watched.pressed.push(timeStamp);
    },
    { capture: true },
  );
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntriesByName("kiwi.markers")) {
      watched.marked.push({ at: startTime + duration, changed: startTime });
    }
  }).observe({ type: "measure" });
}

/** Watches the language worker from its first line on. */
function firstAnswers(page: Page): Promise<FirstAnswers> {
  return new Promise((resolve, reject) => {
    page.on("worker", (worker) => {
      void watchWorker(worker).then((answers) => answers !== null && resolve(answers), reject);
    });
  });
}

/** Null for other workers. */
async function watchWorker(worker: Worker): Promise<FirstAnswers | null> {
  return worker.evaluate(
    () =>
      new Promise<FirstAnswers | null>((resolve) => {
        if (self.name !== "language") return resolve(null);
        const first: Partial<FirstAnswers> = {};
        new PerformanceObserver((list) => {
          for (const { name, duration } of list.getEntries()) {
            if (name === "kiwi.useSchema") first.schema ??= duration;
            if (name === "kiwi.check" && first.schema !== undefined) first.check ??= duration;
          }
          if (first.schema !== undefined && first.check !== undefined) resolve(first as FirstAnswers);
        }).observe({ type: "measure", buffered: true });
      }),
  );
}
