import { setTimeout as sleep } from "node:timers/promises";
import { isConnectionError } from "#server/db/index.ts";

/**
 * Does something in the database, again and again while the database is away: a result waits as long as it must.
 * Null when this process has to stop first; then the next one does it.
 */
export async function persist<T>(action: () => Promise<T>, signal: AbortSignal): Promise<T | null> {
  while (!signal.aborted)
    try {
      return await action();
    } catch (error) {
      if (!isConnectionError(error)) throw error;
      await sleep(500, undefined, { signal }).catch(() => undefined);
    }
  return null;
}
