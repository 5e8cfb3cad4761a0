import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { RuntimeName } from "#lib/contracts/runtime.ts";
import { randomNumbers } from "#lib/kiwi/language/testing/mutants.test-support.ts";
import { buildsFolder, ended, hostState } from "#server/builder/runner/attempt-fixture.ts";
import { cancelAttempt, inspectAttempt } from "#server/builder/runner/inspect.ts";
import { obstacle, startRealBuild } from "#server/builder/runner/real-build-fixture.ts";
import { settleLost } from "#server/builder/runner/settle.ts";
import { percentile } from "./measurement.ts";

/** What was left after builds had been ended at random moments. */
export type CancelFigures = {
  cancels: number;
  /** Those of them that had ended by themselves before. */
  ended: number;
  mountsLeft: number;
  /** Loop devices in use, and such with partitions that nobody uses. */
  loopsLeft: number;
  processesLeft: number;
  /** Milliseconds from the wish or the kill until the end was written down and everything cleaned up. */
  cancelMs: { p50: number; p95: number };
  killMs: { p50: number; p95: number };
  /** What the moments were drawn with: the same again with it on the same machine. */
  seed: number;
  /** Whole builds that were made in between, and how many of them failed. */
  wholeBuilds: number;
  failedBuilds: number;
};

/** A whole build is made after so many that were ended. */
const BETWEEN = 10;

const KINDS: { runtime: RuntimeName; type: string }[] = [
  { runtime: "namespaces", type: "ext4" },
  { runtime: "user-namespace", type: "squashfs" },
];

/**
 * Ends real builds at random moments of their whole run, half of them by a cancel and half by killing their runner with
 * SIGKILL, and counts what is left of them on the host. With a span in seconds the moments are drawn from it, and whole
 * builds are made in between only, not before. Null where no real build can be made.
 */
export async function measureCancel(
  cancels: number,
  { seed = Date.now() % 1_000_000, span }: { seed?: number | undefined; span?: number | undefined },
): Promise<CancelFigures | null> {
  if (obstacle !== null) return null;
  const random = randomNumbers(seed);
  const took = { cancelled: [] as number[], killed: [] as number[] };
  await using builds = await buildsFolder();
  const figures = { cancels: 0, ended: 0, mountsLeft: 0, loopsLeft: 0, processesLeft: 0 };
  const whole = { wholeBuilds: 0, failedBuilds: 0 };
  const durations: number[] = [];
  const buildWhole = async (kind: number) => {
    const begun = Date.now();
    const dir = await startRealBuild(builds.path, KINDS[kind]);
    const { outcome, reason, residue } = await ended(dir);
    whole.wholeBuilds++;
    if (outcome !== "succeeded" || residue.length > 0) whole.failedBuilds++;
    durations[kind] = Date.now() - begun;
    await rm(dir, { recursive: true });
    process.stderr.write(`a whole ${KINDS[kind]?.type}: ${outcome} after ${durations[kind]} ms ${reason ?? ""}\n`);
  };
  for (const kind of KINDS.keys())
    if (span === undefined) await buildWhole(kind);
    else durations[kind] = span * 1000;
  while (figures.cancels < cancels) {
    const kind = figures.cancels % KINDS.length;
    const kill = Math.floor(figures.cancels / KINDS.length) % 2 === 1;
    const dir = await startRealBuild(builds.path, KINDS[kind]);
    const moment = random(durations[kind] ?? 0);
    await sleep(moment);
    const begun = performance.now();
    const how = kill ? "killed" : "cancelled";
    if (await endBuild(dir, kill)) took[how].push(performance.now() - begun);
    else figures.ended++;
    const { mounts, loops, processes } = await hostState(builds.path);
    figures.cancels++;
    figures.mountsLeft += mounts.length;
    figures.loopsLeft += loops.length;
    figures.processesLeft += processes.length;
    const left = JSON.stringify({ mounts, loops, processes });
    process.stderr.write(`${figures.cancels}: ${KINDS[kind]?.type} ${how} after ${moment} ms: ${left}\n`);
    await rm(dir, { recursive: true });
    if (figures.cancels % BETWEEN === 0 || figures.cancels === cancels)
      await buildWhole(Math.floor(figures.cancels / BETWEEN) % KINDS.length);
  }
  const spread = (times: readonly number[]) => ({
    p50: Math.round(percentile(times, 50)),
    p95: Math.round(percentile(times, 95)),
  });
  return { ...figures, cancelMs: spread(took.cancelled), killMs: spread(took.killed), seed, ...whole };
}

/** Returns whether it was still running. */
async function endBuild(dir: string, kill: boolean): Promise<boolean> {
  const state = await inspectAttempt(dir);
  if (state.kind !== "running") {
    await ended(dir);
    return false;
  }
  if (kill) {
    process.kill(state.record.runner.pid, "SIGKILL");
    while ((await inspectAttempt(dir)).kind === "running") await sleep(10);
    // It may have written down its end just before.
    if ((await inspectAttempt(dir)).kind === "lost") await settleLost(dir);
    return true;
  }
  await cancelAttempt(dir);
  return (await ended(dir)).outcome === "cancelled";
}
