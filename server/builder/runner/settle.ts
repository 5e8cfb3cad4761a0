import { realpath, writeFile } from "node:fs/promises";
import type { AttemptExit } from "#lib/contracts/attempt.ts";
import { bootId } from "#server/platform/process-identity.ts";
import { finish } from "./attempt.ts";
import { attemptPaths, readRunner } from "./attempt-folder.ts";
import { inspectAttempt } from "./inspect.ts";
import { findError } from "./reason.ts";

/**
 * Ends an attempt whose runner is gone: cleans up what it left and writes `exit.json` with the outcome "interrupted".
 * To be called for attempts that `inspectAttempt` calls lost, and for no others.
 */
export async function settleLost(dir: string): Promise<AttemptExit> {
  const folder = await realpath(dir);
  await writeFile(attemptPaths(folder).log, "", { flag: "a" });
  const reason = await whyLost(folder);
  const nothing = { exitCode: null, signal: null, forced: false, results: [], warnings: [] };
  return finish(folder, { ...nothing, outcome: "interrupted", reason });
}

async function whyLost(folder: string): Promise<string> {
  const record = await readRunner(folder);
  // The record is safe on the disk before the build begins: only a crash of the host can have damaged it.
  if (record === null || record.runner.bootId !== bootId())
    return "The host was restarted while the build was running.";
  // A runner that fails by itself says why; one that is killed has no time to.
  const words = await findError(attemptPaths(folder).runnerLog);
  return words === null
    ? "The process that watched over the build was killed, and the build with it."
    : `The process that watched over the build failed: ${words}`;
}

/**
 * Cleans up after an attempt whose runner could not do it: host and folder. An attempt that runs, or that ended with
 * nothing left, is left alone.
 */
export async function sweepAttempt(dir: string): Promise<void> {
  const state = await inspectAttempt(dir);
  if (state.kind === "lost") await settleLost(dir);
  if (state.kind === "ended" && state.exit.residue.length > 0) await finish(await realpath(dir), state.exit);
}
