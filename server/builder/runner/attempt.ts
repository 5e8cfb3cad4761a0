import { existsSync } from "node:fs";
import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { AttemptExit, AttemptSpec } from "#lib/contracts/attempt.ts";
import type { Reuse } from "#lib/contracts/reuse.ts";
import { PACKAGES_ARCHIVE, ROOT_TREE } from "#server/kiwi/index.ts";
import { attemptPaths, readPhases, writeExit, writeNamespace } from "./attempt-folder.ts";
import { cleanHost, deleteTrees } from "./cleaning.ts";
import { type ControlGroups, makeGroups, namesOfGroups } from "./control-group.ts";
import { findObstacle, findRootObstacle } from "./description-check.ts";
import { digestFile } from "./digest.ts";
import { startPhaseMeter } from "./figures/phase-meter.ts";
import { takeInventory, writeInventory } from "./inventory/index.ts";
import { noteRoot, refuseSecrets, secureRoot } from "./keep-root.ts";
import { LogLostError } from "./log-pipe.ts";
import { lastError, lastLine, signalReason } from "./reason.ts";
import { doubtsIn, findMissing } from "./result-check.ts";
import { type Ending, runApart } from "./run-apart.ts";
import { runtimeOf } from "./runtimes.ts";
import { takeResults } from "./take-results.ts";

/** How an attempt ended, before its remains are cleaned up. */
type Verdict = Pick<AttemptExit, "outcome" | "reason" | "exitCode" | "signal" | "forced" | "results" | "warnings">;

const NOTHING = { exitCode: null, signal: null, forced: false, results: [], warnings: [] };

/** Runs one attempt from its specification to its `exit.json`: build, results, cleaning. */
export async function runAttempt(dir: string, spec: AttemptSpec, cancel: AbortSignal): Promise<void> {
  const paths = attemptPaths(dir);
  await writeFile(paths.log, "", { flag: "a" });
  const verdict = await build(dir, spec, cancel);
  // What KIWI itself has not said, the log says all the same.
  if (verdict.outcome === "failed-to-start" || (verdict.outcome === "failed" && !verdict.exitCode && !verdict.signal))
    await appendFile(paths.log, logRecord("ERROR", verdict.reason ?? ""));
  // Until the end is written, a wish to cancel counts: whoever cancelled must not find results.
  if (spec.packages !== undefined && !cancel.aborted) await noteRoot(spec.packages).catch(console.error);
  const cancelled =
    cancel.aborted && verdict.outcome !== "cancelled" ? { ...verdict, ...cancelledAfterwards } : verdict;
  await finish(dir, cancelled);
}

const cancelledAfterwards = {
  outcome: "cancelled" as const,
  reason: "The build was cancelled.",
  results: [],
  warnings: [],
};

/** Cleans the host and the folder up, then writes `exit.json`: from then on nothing more happens in the attempt. */
export async function finish(dir: string, verdict: Verdict): Promise<AttemptExit> {
  const paths = attemptPaths(dir);
  const residue = await cleanHost(dir);
  const folders = [
    paths.stages,
    paths.secrets,
    paths.target,
    paths.cache,
    paths.temporary,
    paths.containers,
    paths.layer,
  ];
  if (verdict.results.length === 0) folders.push(paths.results, paths.inventory);
  if (residue.length === 0 && !(await deleteTrees(folders))) residue.push(`files in ${dir}`);
  const log = await digestFile(paths.log);
  const phases = await readPhases(dir);
  const endedAt = new Date().toISOString();
  const exit = { ...verdict, endedAt, logBytes: log.size, logSha256: log.sha256, phases, residue };
  await writeExit(dir, exit);
  return exit;
}

async function build(dir: string, spec: AttemptSpec, cancel: AbortSignal): Promise<Verdict> {
  const paths = attemptPaths(dir);
  const obstacle = await findObstacle(paths.description);
  if (obstacle !== null) return { ...NOTHING, outcome: "failed-to-start", reason: obstacle };
  const unfinished = await runSteps(dir, spec, cancel);
  if (unfinished !== null) return unfinished;
  const { failures, warnings } = await doubtsIn(paths.log);
  if (failures.length > 0) return { ...NOTHING, outcome: "failed", exitCode: 0, reason: failures.join(" "), warnings };
  const taken = await takeResults(dir);
  if ("problem" in taken) return { ...NOTHING, outcome: "failed", exitCode: 0, reason: taken.problem };
  const archive = taken.results.find(({ key }) => key === "root_archive" && spec.createCommand !== undefined);
  const missing =
    archive && /\.tar\.\w+$/.test(archive.name)
      ? await findMissing(join(paths.results, archive.name), join(dir, ROOT_TREE))
      : null;
  if (missing) return { ...NOTHING, outcome: "failed", exitCode: 0, reason: missing, warnings };
  await keepInventory(dir);
  return { ...NOTHING, outcome: "succeeded", exitCode: 0, reason: null, results: taken.results, warnings };
}

/** Writes down what the root tree held. The image is whole without it: what goes wrong here is no failure of the build. */
async function keepInventory(dir: string): Promise<void> {
  const [paths, root] = [attemptPaths(dir), join(dir, ROOT_TREE)];
  try {
    if (existsSync(root)) await writeInventory(paths.inventory, await takeInventory(root, paths.description));
  } catch (error) {
    console.error("The inventory of the root tree could not be taken:", error);
  }
}

/** Runs KIWI's command lines one after the other, and measures them. Null where all have ended well. */
async function runSteps(dir: string, spec: AttemptSpec, cancel: AbortSignal): Promise<Verdict | null> {
  const { log } = attemptPaths(dir);
  // Written down before there are any: whoever cleans up after us must know where to look.
  const names = await namesOfGroups(dir);
  await writeNamespace(dir, { groups: names });
  const groups = await makeGroups(names, spec.limits);
  if (groups.length === 0 && spec.limits !== undefined)
    await appendFile(log, logRecord("WARNING", "This host gives us no control groups: the build runs without limits."));
  try {
    await runtimeOf(spec).prepare(dir);
  } catch (error) {
    return notStarted(error);
  }
  const root = join(dir, ROOT_TREE);
  if (spec.packages !== undefined && spec.reuse !== undefined)
    await appendFile(log, logRecord("INFO", reuseWords(spec.reuse)));
  for (const command of stepsOf(dir, spec)) {
    if (command.includes(CONFIGURATION ?? ""))
      await appendFile(log, logRecord("INFO", "KIWI goes on with the packages, and is shown none in the description."));
    const meter = await startPhaseMeter(dir, groups);
    const failure = await runStep(dir, spec, command, groups, cancel);
    await meter.stop();
    if (failure !== null) return failure;
    // Nobody is left who could change the tree between this look and the next step.
    const danger = command === spec.createCommand ? null : await findRootObstacle(root);
    if (danger !== null) return { ...NOTHING, outcome: "failed", exitCode: 0, reason: danger };
    if (spec.packages === undefined || !command.includes(PACKAGES ?? "")) continue;
    await refuseSecrets(dir, root, spec.packages);
    await secureRoot(dir, spec.packages).catch(console.error);
  }
  return null;
}

const [PACKAGES, CONFIGURATION] = ["packages.sh", "configuration.sh"].map((name) => join(import.meta.dirname, name));

/** The command lines of an attempt, in their order. */
function stepsOf(dir: string, { packages, command, createCommand }: AttemptSpec): string[][] {
  const around = (script = "", inner: readonly string[]) => [
    ...["bash", script, join(dir, ROOT_TREE), join(dir, PACKAGES_ARCHIVE)],
    ...inner,
  ];
  return [
    ...(packages === undefined || packages.reused ? [] : [around(PACKAGES, packages.command)]),
    packages === undefined ? command : around(CONFIGURATION, command),
    ...(createCommand === undefined ? [] : [createCommand]),
  ];
}

function reuseWords({ packages, reason, from }: Reuse): string {
  if (packages === "reused") return `The packages are those that build ${from} installed.`;
  return `The packages are installed anew${packages === "kept" ? ", and kept for later builds" : ""}: ${reason}`;
}

/** Runs KIWI once, apart from the host; nothing of it runs any more afterwards. Null where it ended well. */
async function runStep(
  dir: string,
  spec: AttemptSpec,
  command: readonly string[],
  groups: ControlGroups,
  cancel: AbortSignal,
): Promise<Verdict | null> {
  const { log } = attemptPaths(dir);
  let ending: Ending;
  try {
    ending = await runApart(dir, spec, command, groups, cancel);
  } catch (error) {
    if (cancel.aborted) return { ...NOTHING, ...cancelledAfterwards };
    return error instanceof LogLostError ? { ...NOTHING, outcome: "failed", reason: error.message } : notStarted(error);
  }
  const { started, exitCode, signal, forced, outOfMemory } = ending;
  const end = { ...NOTHING, exitCode, signal, forced };
  if (cancel.aborted) return { ...end, outcome: "cancelled", reason: cancelReason(forced, spec.graceSeconds) };
  if (!started || exitCode === 126 || exitCode === 127) {
    const detail = (await lastLine(log)) ?? `exit code ${exitCode ?? signal}`;
    return { ...end, outcome: "failed-to-start", reason: `KIWI could not be started: ${detail}` };
  }
  if (exitCode === 0) return null;
  const reason = await failReason(log, exitCode, signal);
  const memory = outOfMemory
    ? "The build used up the memory that it may have, and the kernel killed a part of it. "
    : "";
  return { ...end, outcome: "failed", reason: memory + reason };
}

function notStarted(error: unknown): Verdict {
  const message = error instanceof Error ? error.message : String(error);
  return { ...NOTHING, outcome: "failed-to-start", reason: `KIWI could not be started: ${message}` };
}

function cancelReason(forced: boolean, graceSeconds: number): string {
  return forced
    ? `The build was cancelled; it had to be killed, because it did not end within ${graceSeconds} seconds.`
    : "The build was cancelled.";
}

async function failReason(log: string, exitCode: number | null, signal: string | null): Promise<string> {
  if (signal !== null) return signalReason(signal);
  return (await lastError(log)) ?? `KIWI ended with exit code ${exitCode}.`;
}

/** A line as KIWI itself would write it. */
function logRecord(level: "ERROR" | "WARNING" | "INFO", text: string): string {
  return `[ ${level.padEnd(7)} ]: ${new Date().toTimeString().slice(0, 8)} | ${text}\n`;
}
