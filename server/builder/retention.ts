import { rm } from "node:fs/promises";
import { planRetention } from "#lib/builds/retention.ts";
import { buildsWithoutResults, buildsWithResults, type Database, noteRemoval } from "#server/db/index.ts";
import type { Config } from "#server/platform/config.ts";
import type { Logger } from "#server/platform/logger.ts";
import { allAttemptFolders } from "./builds-folder.ts";
import { attemptPaths } from "./runner/attempt-folder.ts";

/** Milliseconds between two turns. */
const TURN = 600_000;

/** Removes the results that the policy of this installation does not keep, from time to time. */
export function createRetention(config: Pick<Config, "paths" | "retention">, log: Logger) {
  let turnedAt = Number.NEGATIVE_INFINITY;
  return async (db: Database, now = new Date()): Promise<void> => {
    if (Math.abs(now.getTime() - turnedAt) < TURN) return;
    turnedAt = now.getTime();
    const { due } = planRetention(await buildsWithResults(db), config.retention, now);
    // What is noted first is said to be gone, and is removed below also where we end in between.
    for (const { id, reason, bytes } of due)
      if (await noteRemoval(db, id, { at: now.toISOString(), reason }))
        log.info("The results of a build are removed", { build: id, reason, bytes });
    await removeResults(config.paths.builds, new Set(await buildsWithoutResults(db)));
  };
}

async function removeResults(builds: string, ids: ReadonlySet<string>): Promise<void> {
  for (const dir of await allAttemptFolders(builds)) {
    const build = dir.slice(builds.length + 1).split("/")[0] ?? "";
    if (ids.has(build)) await rm(attemptPaths(dir).results, { recursive: true, force: true });
  }
}
