import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import type { LogStage } from "./stage.ts";

/** Opens the page of a build in a browser of its own, and scrolls all over its log. */
export async function measureOpening(stage: LogStage, build: string) {
  const openings: number[] = [];
  let page = await stage.context.newPage();
  for (let round = 0; round < 3; round++) {
    await page.close();
    page = await stage.context.newPage();
    const start = performance.now();
    await page.goto(`${stage.product.origin}/builds/${build}`, { waitUntil: "commit" });
    await page.locator("[role=row] [data-line]").first().waitFor();
    openings.push(performance.now() - start);
  }
  const longestTaskMs = await scrollAllOver(page);
  const tabMB = await tabMemory(page);
  await page.close();
  return { openMs: openings.toSorted((a, b) => a - b)[1] ?? Number.NaN, tabMB, longestTaskMs };
}

/** By wheel, by key and by the bar. The longest task of the page meanwhile, in milliseconds. */
async function scrollAllOver(page: Page): Promise<number> {
  const lines = page.getByRole("region", { name: "Log lines" });
  await lines.hover();
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { tasks });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    }).observe({ entryTypes: ["longtask"] });
  });
  for (let step = 0; step < 60; step++) {
    await page.mouse.wheel(0, step % 2 === 0 ? -700 : -120);
    await page.waitForTimeout(30);
  }
  for (let step = 0; step < 20; step++) {
    await lines.evaluate(
      (element, part) => {
        element.scrollTop = element.scrollHeight * part;
      },
      ((step * 7919) % 1000) / 1000,
    );
    await page.waitForTimeout(100);
  }
  await page.keyboard.press("Tab");
  return page.evaluate(() => Math.max(0, ...(window as unknown as { tasks: number[] }).tasks));
}

/** What the process of a page takes of the machine's memory, in MB: its own pages and its share of the others. */
export async function tabMemory(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  await session.detach();
  const browser = page.context().browser();
  if (!browser) throw new Error("there is no browser");
  const whole = await browser.newBrowserCDPSession();
  const { processInfo } = await whole.send("SystemInfo.getProcessInfo");
  await whole.detach();
  const sizes = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => proportionalSize(id));
  return Math.max(...sizes) / 1000;
}

/** In kB. */
function proportionalSize(pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0) * 1.024;
}
