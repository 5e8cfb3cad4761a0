import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "#server/platform/logger.ts";

/** The channel on which every change of a build is announced. */
export const CHANNEL = "kiwi_workbench";

/** A change of a build; null after each (re)connection, when anything may have been missed. */
export type Notice = { buildId: string; seq: number } | null;

/** A connection that listens, and comes back by itself when the server goes away. */
export type Listener = { close(): Promise<void> };

/** Listens until closed. `receive` must not throw. */
export function startListener(url: string, receive: (notice: Notice) => void, log: Logger): Listener {
  const closing = new AbortController();
  // An outage is told once, not at every try.
  let away = false;
  const connected = () => {
    if (away) log.info("Listening to the database again");
    away = false;
    receive(null);
  };
  const done = (async () => {
    while (!closing.signal.aborted) {
      try {
        await listenOnce(url, connected, receive, closing.signal);
      } catch (error) {
        if (!away) log.warn("The database cannot be listened to; trying again", { error });
        away = true;
      }
      await sleep(500, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  })();
  return {
    async close() {
      closing.abort();
      await done;
    },
  };
}

/** Returns when the connection has ended. */
async function listenOnce(
  url: string,
  connected: () => void,
  receive: (notice: Notice) => void,
  signal: AbortSignal,
): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, keepAlive: true });
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  client.on("error", () => end());
  client.on("end", () => end());
  const close = () => end();
  signal.addEventListener("abort", close);
  client.on("notification", ({ payload = "" }) => {
    const [buildId, seq] = payload.split(":");
    if (buildId && seq) receive({ buildId, seq: Number(seq) });
  });
  try {
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    connected();
    await ended;
  } finally {
    signal.removeEventListener("abort", close);
    await client.end().catch(() => undefined);
  }
}
