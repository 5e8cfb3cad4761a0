import { appendFile, writeFile } from "node:fs/promises";
import type { AttemptExit, AttemptSpec } from "#lib/contracts/attempt.ts";
import { attemptPaths, writeExit } from "./attempt-folder.ts";
import { cleanHost, deleteTrees } from "./cleaning.ts";
import { findObstacle } from "./description-check.ts";
import { digestFile } from "./digest.ts";
import { type Ending, runInNamespaces } from "./namespaces.ts";
import { lastError, lastLine } from "./reason.ts";
import { takeResults } from "./take-results.ts";

/** How an attempt ended, before its remains are cleaned up. */
type Verdict = Pick<AttemptExit, "outcome" | "reason" | "exitCode" | "signal" | "forced" | "results">;

const NOTHING = { exitCode: null, signal: null, forced: false, results: [] };

/** Runs one attempt from its specification to its `exit.json`: build, results, cleaning. */
export async function runAttempt(dir: string, spec: AttemptSpec, cancel: AbortSignal): Promise<void> {
  const paths = attemptPaths(dir);
  await writeFile(paths.log, "", { flag: "a" });
  const verdict = await build(dir, spec, cancel);
  if (verdict.outcome === "failed-to-start") await appendFile(paths.log, errorRecord(verdict.reason ?? ""));
  // Until the end is written, a wish to cancel counts: whoever cancelled must not find results.
  const cancelled =
    cancel.aborted && verdict.outcome !== "cancelled" ? { ...verdict, ...cancelledAfterwards } : verdict;
  await finish(dir, cancelled);
}

const cancelledAfterwards = { outcome: "cancelled" as const, reason: "The build was cancelled.", results: [] };

/** Cleans the host and the folder up, then writes `exit.json`: from then on nothing more happens in the attempt. */
export async function finish(dir: string, verdict: Verdict): Promise<AttemptExit> {
  const paths = attemptPaths(dir);
  const residue = await cleanHost(dir);
  const folders = [paths.target, paths.cache, paths.temporary, paths.layer];
  if (verdict.results.length === 0) folders.push(paths.results);
  if (residue.length === 0 && !(await deleteTrees(folders))) residue.push(`files in ${dir}`);
  const log = await digestFile(paths.log);
  const exit = { ...verdict, endedAt: new Date().toISOString(), logBytes: log.size, logSha256: log.sha256, residue };
  await writeExit(dir, exit);
  return exit;
}

async function build(dir: string, spec: AttemptSpec, cancel: AbortSignal): Promise<Verdict> {
  const paths = attemptPaths(dir);
  const obstacle = await findObstacle(paths.description);
  if (obstacle !== null) return { ...NOTHING, outcome: "failed-to-start", reason: obstacle };
  let ending: Ending;
  try {
    ending = await runInNamespaces(dir, spec, cancel);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ...NOTHING, outcome: "failed-to-start", reason: `KIWI could not be started: ${message}` };
  }
  const { started, exitCode, signal, forced } = ending;
  const end = { exitCode, signal, forced, results: [] };
  if (cancel.aborted) return { ...end, outcome: "cancelled", reason: cancelReason(forced, spec.graceSeconds) };
  if (!started || exitCode === 126 || exitCode === 127) {
    const detail = (await lastLine(paths.log)) ?? `exit code ${exitCode ?? signal}`;
    return { ...end, outcome: "failed-to-start", reason: `KIWI could not be started: ${detail}` };
  }
  if (exitCode !== 0) return { ...end, outcome: "failed", reason: await failReason(paths.log, exitCode, signal) };
  const taken = await takeResults(dir);
  if ("problem" in taken) return { ...end, outcome: "failed", reason: taken.problem };
  return { ...end, outcome: "succeeded", reason: null, results: taken.results };
}

function cancelReason(forced: boolean, graceSeconds: number): string {
  return forced
    ? `The build was cancelled; it had to be killed, because it did not end within ${graceSeconds} seconds.`
    : "The build was cancelled.";
}

async function failReason(log: string, exitCode: number | null, signal: string | null): Promise<string> {
  if (signal === "SIGKILL") return "KIWI was killed from outside, as the kernel does when memory runs out.";
  if (signal !== null) return `KIWI was ended by ${signal}.`;
  return (await lastError(log)) ?? `KIWI ended with exit code ${exitCode}.`;
}

/** A line as KIWI itself would write it. */
function errorRecord(text: string): string {
  return `[ ERROR   ]: ${new Date().toTimeString().slice(0, 8)} | ${text}\n`;
}
