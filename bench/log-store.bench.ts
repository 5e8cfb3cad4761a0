/**
 * What the builder does with a log, without the rest of the product: indexing, windows, search, memory. `--lines` sets the
 * size of the large one.
 */
import { execFileSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LogFindings, wholeLog } from "#lib/contracts/log.ts";
import { endUnstarted } from "#server/builder/ends.ts";
import { LogLibrary } from "#server/builder/log/library.ts";
import { LogSearches } from "#server/builder/log/searches.ts";
import type { StoredLog } from "#server/builder/log/stored-log.ts";
import { largeLog } from "./log/writers.ts";
import { type Measurement, percentile } from "./measurement.ts";

/** Lines of the log that the large one is compared with. */
const SMALL = 20_000;
/** Windows that are read of each, of so many lines. */
const [WINDOWS, HEIGHT] = [300, 100];
const words = "no such words are in it 4711";

export async function measure({ lines = 1_000_000 } = {}): Promise<Measurement[]> {
  const dir = await mkdtemp(join(tmpdir(), "log-store-"));
  const library = new LogLibrary();
  const searches = new LogSearches();
  try {
    const small = await indexed(library, await written(join(dir, "small"), SMALL));
    const smallWindow = await windowTime(small.log);
    const place = await written(join(dir, "large"), lines);
    const { size } = await stat(join(place, "build.log"));
    const before = process.memoryUsage.rss();
    const large = await indexed(library, place);
    const grown = process.memoryUsage.rss() - before;
    const largeWindow = await windowTime(large.log);
    const counted = timed(() => execFileSync("wc", ["-l", join(place, "build.log")]));
    const searched = await searchTime(searches, large.log);
    const grepped = timed(() => {
      try {
        execFileSync("grep", ["-c", "-i", "-F", words, join(place, "build.log")]);
      } catch {
        // Who finds nothing ends with 1.
      }
    });
    const megabytes = Math.round(size / 1e6);
    return [
      { what: `log, ${megabytes} MB: indexing`, ours: large.took, baseline: "wc -l", theirs: counted },
      {
        what: `log, ${megabytes} MB: a window of ${HEIGHT} lines, 95th percentile`,
        ours: largeWindow,
        baseline: `the same in ${SMALL.toLocaleString("en")} lines`,
        theirs: smallWindow,
      },
      {
        what: `log, ${megabytes} MB: search without a hit`,
        ours: searched,
        baseline: "grep -c -i -F",
        theirs: grepped,
      },
      {
        what: `log, ${megabytes} MB: memory of its index`,
        ours: grown / 1e6,
        unit: "MB",
        baseline: "the log itself",
        theirs: size / 1e6,
      },
    ];
  } finally {
    searches.close();
    await library.close();
    await rm(dir, { recursive: true });
  }
}

/** The folder of an attempt that has ended and left a log of so many lines. */
async function written(dir: string, lines: number): Promise<string> {
  await mkdir(dir);
  const file = openSync(join(dir, "build.log"), "w");
  execFileSync("bash", ["-c", largeLog(lines), "bash", dir], { stdio: ["ignore", file, "inherit"] });
  closeSync(file);
  await endUnstarted(dir, "failed", "over");
  return dir;
}

async function indexed(library: LogLibrary, dir: string): Promise<{ log: StoredLog; took: number }> {
  const start = performance.now();
  const log = await library.open(dir);
  if (log === null) throw new Error("there is no log");
  while (!log.index.finished) await log.freshen();
  return { log, took: performance.now() - start };
}

/** Milliseconds for a window at a random place, 95th percentile. */
async function windowTime(log: StoredLog): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < WINDOWS; round++) {
    const from = Math.floor(((round * 7919) % 10_007) * (log.index.lines / 10_007));
    const start = performance.now();
    const { rows } = await log.window(wholeLog, from, HEIGHT);
    times.push(performance.now() - start);
    if (rows[0]?.number !== from + 1) throw new Error("that is another window");
  }
  return percentile(times, 95);
}

async function searchTime(searches: LogSearches, log: StoredLog): Promise<number> {
  const query = { text: words, regex: false, matchCase: false };
  const start = performance.now();
  let findings: LogFindings;
  do findings = await searches.find(log, { query, from: 1, backwards: false, parts: 200 });
  while (findings.searched < findings.of);
  return performance.now() - start;
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
