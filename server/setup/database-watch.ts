import { setTimeout as sleep } from "node:timers/promises";
import { ensureDatabase } from "#server/db/index.ts";
import type { Config } from "#server/platform/config.ts";

/**
 * Looks every second whether our own database is up, and starts it where it is not. Returns the way to end the watch.
 */
export function watchDatabase(config: Config, say: (text: string) => void): () => void {
  // A server that DATABASE_URL names is its owner's business.
  if (config.databaseUrl !== undefined) return () => {};
  const end = new AbortController();
  let complained = false;
  const watch = async () => {
    while (!end.signal.aborted) {
      await sleep(1000, undefined, { signal: end.signal });
      try {
        await ensureDatabase(config);
        complained = false;
      } catch (error) {
        if (!complained) say(`The database is down: ${error instanceof Error ? error.message : String(error)}`);
        complained = true;
      }
    }
  };
  // Only the sleep can throw here, and only because the watch is over.
  watch().catch(() => undefined);
  return () => end.abort();
}
