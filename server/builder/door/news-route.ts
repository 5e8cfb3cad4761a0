import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { LogNews } from "#lib/contracts/log.ts";
import { Bell } from "#server/platform/bell.ts";
import type { LogLibrary } from "../log/library.ts";
import { readExit } from "../runner/attempt-folder.ts";

/** Newest lines that a piece of news brings; older ones are read as windows, by whoever looks at them. */
const MOST = 200;
/** Milliseconds between two pieces of news: a burst of lines is told once. */
const PAUSE = 25;
/** Milliseconds until the log is looked at though nothing has rung. */
const LOOK_AGAIN = 15_000;

/**
 * Tells of an attempt's log from byte `from` on, a JSON object a line, with `follow` until the log is complete. Each
 * says what is true at its moment, so that a slow reader misses pieces of news and no line, and costs one of them.
 */
export async function sendNews(
  response: ServerResponse,
  library: LogLibrary,
  dir: string,
  { from, follow }: { from: number; follow: boolean },
): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  response.writeHead(200, { "content-type": "application/x-ndjson", "cache-control": "no-store" });
  response.flushHeaders();
  const log = follow ? await library.await(dir, gone.signal) : await library.open(dir);
  if (log === null) return void response.end();
  const bell = new Bell();
  const stop = log.follow(bell.ring);
  gone.signal.addEventListener("abort", bell.ring);
  try {
    // Of an attempt that is over the whole is told, its checksum too; one that never came to an end has none.
    const toTheEnd = follow || (await readExit(dir)) !== null;
    const size = toTheEnd ? Number.POSITIVE_INFINITY : await log.size();
    for (let offset = from; !gone.signal.aborted; ) {
      // What comes between the two is told twice, and not left out.
      const summary = log.summary();
      // A daemon that was just started may still be reading what its reader knows already.
      if (summary.bytes >= offset || summary.complete) {
        const news: LogNews = { summary, rows: await log.newest(offset, MOST) };
        offset = summary.bytes;
        if (!response.write(`${JSON.stringify(news)}\n`))
          await once(response, "drain", { signal: gone.signal }).catch(() => undefined);
      }
      if (summary.complete || log.index.taken >= size) break;
      await sleep(PAUSE);
      await bell.wait(LOOK_AGAIN);
    }
    response.end();
  } finally {
    gone.signal.removeEventListener("abort", bell.ring);
    stop();
  }
}
