import { Bell } from "#server/platform/bell.ts";
import { watchChanges } from "../wait.ts";
import { StoredLog } from "./stored-log.ts";

/** Logs that are kept open though nobody follows them. */
const KEPT = 8;
/** Milliseconds between looks for a log that is not there yet. */
const LOOK_AGAIN = 500;

/** The logs of this builder, each opened once. */
export class LogLibrary {
  readonly #logs = new Map<string, Promise<StoredLog | null>>();

  /** The log of an attempt's folder; null where it has none yet. */
  async open(dir: string): Promise<StoredLog | null> {
    const opening = this.#logs.get(dir) ?? StoredLog.open(dir);
    // Set anew, so that the one that was asked for last is the last to go.
    this.#logs.delete(dir);
    this.#logs.set(dir, opening);
    const log = await opening.catch((error: unknown) => {
      this.#logs.delete(dir);
      throw error;
    });
    if (log === null) this.#logs.delete(dir);
    else await this.#tidy();
    return log;
  }

  /** Waits for a log that is about to be there; null when the signal is given before. */
  async await(dir: string, signal: AbortSignal): Promise<StoredLog | null> {
    const changes = watchChanges(dir, signal);
    try {
      while (!signal.aborted) {
        const log = await this.open(dir);
        if (log !== null) return log;
        await changes.changed(LOOK_AGAIN);
      }
      return null;
    } finally {
      changes.close();
    }
  }

  /** Keeps the index of a growing log up to date, whether or not somebody reads it, until the signal is given. */
  async keep(dir: string, signal: AbortSignal): Promise<void> {
    const log = await this.await(dir, signal);
    if (log === null) return;
    const bell = new Bell();
    const stop = log.follow(bell.ring);
    signal.addEventListener("abort", bell.ring);
    try {
      while (!signal.aborted && !log.index.finished) await bell.wait(60_000);
    } finally {
      signal.removeEventListener("abort", bell.ring);
      stop();
    }
  }

  async close(): Promise<void> {
    const all = [...this.#logs.values()];
    this.#logs.clear();
    for (const opening of all) await (await opening.catch(() => null))?.close();
  }

  async #tidy(): Promise<void> {
    let spare = this.#logs.size - KEPT;
    for (const [dir, opening] of this.#logs) {
      if (spare <= 0) return;
      const log = await opening.catch(() => null);
      if (log?.followed || this.#logs.get(dir) !== opening) continue;
      this.#logs.delete(dir);
      await log?.close();
      spare--;
    }
  }
}
