import { readFile } from "node:fs/promises";
import { percentile } from "../measurement.ts";
import type { LogStage } from "./stage.ts";
import { pacedLog } from "./writers.ts";

/** What a page shows of lines while they come: how late, and whether all. */
export async function measureLive(stage: LogStage) {
  const calm = await watch(stage, 1000, 20);
  const wild = await watch(stage, 100_000, 10);
  return { liveP95Ms: percentile(calm.delays, 95), lossAt100k: wild.lost };
}

async function watch(stage: LogStage, perSecond: number, seconds: number) {
  const build = await stage.submit(pacedLog(perSecond, seconds));
  const page = await stage.context.newPage();
  await page.goto(`${stage.product.origin}/builds/${build}`, { waitUntil: "commit" });
  // Each line counts when it is in the page for the first time; those that were there when the page came are late anyway.
  await page.evaluate(() => {
    const delays: number[] = [];
    const seen = new Set<string>();
    Object.assign(window, { delays });
    const look = () => {
      for (const row of document.querySelectorAll("[role=row]")) {
        const moment = /moment=(\d+)/.exec(row.textContent ?? "")?.[1];
        const line = row.querySelector<HTMLElement>("[data-line]")?.dataset["line"];
        if (!moment || !line || seen.has(line)) continue;
        seen.add(line);
        delays.push(Date.now() - Number(moment));
      }
    };
    const begin = () => {
      look();
      delays.length = 0;
      new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
    };
    const waiting = setInterval(() => {
      if (!document.querySelector("[role=row] [data-line]")) return;
      clearInterval(waiting);
      begin();
    }, 10);
  });
  await stage.reaches(build, "succeeded");
  await page.getByText(/^complete, /).waitFor({ timeout: 120_000 });
  const delays = await page.evaluate(() => (window as unknown as { delays: number[] }).delays);
  const shown = Number(await page.getByRole("table", { name: "Log lines" }).getAttribute("aria-rowcount"));
  const stored = (await readFile(stage.logFile(build))).reduce((feeds, byte) => feeds + (byte === 10 ? 1 : 0), 0);
  await page.close();
  const wanted = perSecond * seconds;
  return { delays, lost: wanted - Math.min(shown, stored, wanted) };
}
