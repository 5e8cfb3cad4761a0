import type { AttemptExit, RunnerRecord } from "#lib/contracts/attempt.ts";
import { isAlive, signalProcess } from "#server/platform/process-identity.ts";
import { readExit, readRunner, readSpec, wasTaken } from "./attempt-folder.ts";

export type AttemptState =
  /** There is no specification: nothing was ever asked of a runner. */
  | { kind: "absent" }
  /** The specification is there, but no runner took it. */
  | { kind: "not-started" }
  | { kind: "running"; record: RunnerRecord }
  | { kind: "ended"; exit: AttemptExit }
  /** The runner is gone and did not tell how the attempt ended. */
  | { kind: "lost" };

/** What has become of an attempt, as its folder and the process table tell. */
export async function inspectAttempt(dir: string): Promise<AttemptState> {
  const record = await readRunner(dir);
  const running = record !== null && isAlive(record.runner);
  // Read after the look at the process: a runner that ended in between has left its exit behind.
  const exit = await readExit(dir);
  if (exit !== null) return { kind: "ended", exit };
  if (running) return { kind: "running", record };
  if (record !== null || (await wasTaken(dir))) return { kind: "lost" };
  return (await readSpec(dir)) === null ? { kind: "absent" } : { kind: "not-started" };
}

/**
 * Asks the runner of an attempt to end it: politely first, by force after the attempt's grace time. False where no
 * runner is at work. The end shows in `inspectAttempt`.
 */
export async function cancelAttempt(dir: string): Promise<boolean> {
  const state = await inspectAttempt(dir);
  return state.kind === "running" && signalProcess(state.record.runner, "SIGTERM");
}
