import type { Logger } from "#server/platform/logger.ts";
import { allAttemptFolders } from "./builds-folder.ts";
import { cancelAttempt, inspectAttempt, sweepAttempt } from "./runner/index.ts";

/** Frees what dead builds have left on this host and on its disk. Living runners, of whichever daemon, go on. */
export async function sweepHost(buildsDir: string, log: Logger): Promise<void> {
  await forEachAttempt(buildsDir, log, sweepAttempt);
}

/** Ends runners whose build the database does not count as ours any more. */
export async function endOrphans(buildsDir: string, ours: ReadonlySet<string>, log: Logger): Promise<void> {
  await forEachAttempt(buildsDir, log, async (dir) => {
    if (ours.has(dir) || (await inspectAttempt(dir)).kind !== "running") return;
    log.warn("A runner works on a build that is not ours any more; it is ended", { dir });
    await cancelAttempt(dir);
  });
}

/** One folder that cannot be worked on must not keep the daemon from all others. */
async function forEachAttempt(buildsDir: string, log: Logger, work: (dir: string) => Promise<void>): Promise<void> {
  for (const dir of await allAttemptFolders(buildsDir))
    await work(dir).catch((error: unknown) =>
      log.error("An earlier attempt could not be looked after", { dir, error }),
    );
}
