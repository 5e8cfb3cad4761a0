import { type FSWatcher, watch } from "node:fs";
import { Bell } from "#server/platform/bell.ts";

/** Tells when something happens to a file or a folder. */
export type ChangeWatcher = {
  /** Waits for a change since the last wait, at most so long. Returns early when the signal is given. */
  changed(milliseconds: number): Promise<void>;
  close(): void;
};

/**
 * Watches a path: the kernel's notice is the quick way, the time limit of each wait the safe one. Where the kernel
 * cannot watch, for want of resources or of the path, only time passes.
 */
export function watchChanges(path: string, signal: AbortSignal): ChangeWatcher {
  const bell = new Bell();
  let watcher: FSWatcher | null = null;
  try {
    watcher = watch(path, { persistent: false }, bell.ring);
    watcher.on("error", () => watcher?.close());
  } catch {
    watcher = null;
  }
  signal.addEventListener("abort", bell.ring);
  return {
    async changed(milliseconds) {
      if (!signal.aborted) await bell.wait(milliseconds);
    },
    close() {
      watcher?.close();
      signal.removeEventListener("abort", bell.ring);
    },
  };
}
