/**
 * Logs as a user meets them: the whole product, a real browser, and a program in KIWI's place that prints a large log.
 * `--lines` and `--cuts` make it smaller; usual are ten million lines, a gigabyte, and a thousand cuts.
 */
import { stat } from "node:fs/promises";
import { measureCuts } from "./log/cuts.ts";
import { measureLive } from "./log/live.ts";
import { measureOpening } from "./log/opening.ts";
import { measurePeers, type Peer } from "./log/peers.ts";
import { measureSearch } from "./log/search.ts";
import { startLogStage } from "./log/stage.ts";
import { largeLog } from "./log/writers.ts";
import type { Measurement } from "./measurement.ts";

export interface LogFigures {
  lines: number;
  bytes: number;
  /** Milliseconds from the address to the first lines on the screen. */
  openMs: number;
  tabMB: number;
  /** The longest task of the page while somebody scrolls, in milliseconds; 0 where none took more than 50. */
  longestTaskMs: number;
  searchMs: number;
  searchRatioToRg: number;
  /** What the search was compared with. */
  searchBaseline: string;
  liveP95Ms: number;
  /** Lines that were written and are not in the page's count, at 100,000 lines a second. */
  lossAt100k: number;
  cuts: number;
  cutLostBytes: number;
  peers: Peer[];
}

let measured: LogFigures | null = null;

/** All that was measured, by name. */
export const figures = (): LogFigures | null => measured;

export async function measure({ lines = 10_000_000, cuts = 1000 } = {}): Promise<Measurement[]> {
  await using stage = await startLogStage();
  const say = (what: string) => process.stderr.write(`log: ${what}\n`);
  /** So that nothing measured is lost when a later part fails. */
  const told = <T>(figures: T): T => {
    say(JSON.stringify(figures));
    return figures;
  };
  say(`a build prints ${lines.toLocaleString("en")} lines`);
  const build = await stage.submit(largeLog(lines));
  await stage.reaches(build, "succeeded");
  const file = stage.logFile(build);
  const { size } = await stat(file);
  say("it is opened and scrolled");
  const opening = told(await measureOpening(stage, build));
  say("it is searched");
  const search = told(await measureSearch(stage, build, file));
  say("lines are watched as they come");
  const live = told(await measureLive(stage));
  say(`connections are cut ${cuts} times`);
  const { cutLostBytes } = told({ cutLostBytes: await measureCuts(stage, cuts) });
  say("the same log in other viewers");
  const peers = told(await measurePeers(stage, file));
  measured = { lines, bytes: size, ...opening, ...search, ...live, cuts, cutLostBytes, peers };
  const megabytes = Math.round(size / 1e6);
  return [
    {
      what: `log, ${megabytes} MB: first lines`,
      ours: opening.openMs,
      ...(peers[0]?.openMs ? { baseline: peers[0].name, theirs: peers[0].openMs } : {}),
    },
    {
      what: `log, ${megabytes} MB: memory of the tab`,
      ours: opening.tabMB,
      unit: "MB",
      ...(peers[0]?.tabMB ? { baseline: peers[0].name, theirs: peers[0].tabMB } : {}),
    },
    {
      what: `log, ${megabytes} MB: search without a hit`,
      ours: search.searchMs,
      baseline: search.searchBaseline,
      theirs: search.searchMs / search.searchRatioToRg,
    },
    { what: "log, 1,000 lines/s: from KIWI's write to the page, 95th percentile", ours: live.liveP95Ms },
    { what: "log, 100,000 lines/s: lost", ours: live.lossAt100k, unit: "lines" },
    { what: `log, ${cuts} cuts: lost, doubled or out of order`, ours: cutLostBytes, unit: "bytes" },
  ];
}
