import { setTimeout as sleep } from "node:timers/promises";
import { buildsFolder, ended, hostState } from "#server/builder/runner/attempt-fixture.ts";
import { cancelAttempt, inspectAttempt } from "#server/builder/runner/inspect.ts";
import { obstacle, startRealBuild } from "#server/builder/runner/real-build-fixture.ts";
import { settleLost } from "#server/builder/runner/settle.ts";

/** What was left after builds had been ended at random moments. */
export type CancelFigures = { cancels: number; mountsLeft: number; loopsLeft: number; processesLeft: number };

/**
 * Ends real builds at random moments, half of them by a cancel and half by killing their runner with SIGKILL, and counts
 * what is left of them on the host. Null where no real build can be made.
 */
export async function measureCancel(cancels: number, longest = 90_000): Promise<CancelFigures | null> {
  if (obstacle !== null) return null;
  const figures = { cancels: 0, mountsLeft: 0, loopsLeft: 0, processesLeft: 0 };
  await using builds = await buildsFolder();
  for (; figures.cancels < cancels; figures.cancels++) {
    const dir = await startRealBuild(builds.path);
    const moment = Math.round(Math.random() * longest);
    await sleep(moment);
    const kill = figures.cancels % 2 === 1;
    const state = await inspectAttempt(dir);
    if (state.kind === "running" && kill) {
      process.kill(state.record.runner.pid, "SIGKILL");
      while ((await inspectAttempt(dir)).kind === "running") await sleep(10);
      await settleLost(dir);
    } else {
      await cancelAttempt(dir);
      await ended(dir);
    }
    const { mounts, loops, processes } = await hostState(builds.path);
    process.stderr.write(
      `${kill ? "killed" : "cancelled"} after ${moment} ms: ${JSON.stringify({ mounts, loops, processes })}\n`,
    );
    figures.mountsLeft += mounts.length;
    figures.loopsLeft += loops.length;
    figures.processesLeft += processes.length;
  }
  return figures;
}
