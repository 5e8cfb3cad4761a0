import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { open, readdir, readFile, rm } from "node:fs/promises";
import { constants } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { AttemptSpec, ProcessIdentity } from "#lib/contracts/attempt.ts";
import { childEnvironment } from "#server/platform/child-environment.ts";
import { identityOf, isAlive, signalProcess } from "#server/platform/process-identity.ts";
import { attemptPaths, writeNamespace } from "./attempt-folder.ts";
import { type ControlGroups, killGroups, ranOutOfMemory } from "./control-group.ts";
import { openLog } from "./log-pipe.ts";
import { runtimeOf } from "./runtimes.ts";

/** How a run of KIWI ended. */
export type Ending = {
  /** False where what it runs in could not be set up, so that KIWI never ran. */
  started: boolean;
  exitCode: number | null;
  signal: string | null;
  /** The forced end was needed. */
  forced: boolean;
  /** The kernel has killed something of it, because it had used up its memory. */
  outOfMemory: boolean;
};

/** The end of the runner is the end of what it started. */
const ENTER = ["setpriv", "--pdeathsig", "KILL", "--", "bash", join(import.meta.dirname, "join-groups.sh")];

/** The pause between two requests to end, in milliseconds: the first may come before anybody listens. */
const REPEAT = 200;

/**
 * Runs KIWI in the build's runtime, with its output in `build.log`, until all of its processes are gone. When `cancel`
 * fires it is asked to end, and after the grace time all its processes are killed. Throws when the runtime's program
 * cannot be started, and LogLostError, with everything ended, when the log cannot be written.
 */
export async function runApart(
  dir: string,
  spec: AttemptSpec,
  command: readonly string[],
  groups: ControlGroups,
  cancel: AbortSignal,
): Promise<Ending> {
  const paths = attemptPaths(dir);
  const status = join(dir, "status");
  const record = (filter: ProcessIdentity | null) => ({ groups: [...groups], ...(filter === null ? {} : { filter }) });
  const log = await openLog(dir, (filter) => writeNamespace(dir, record(filter)));
  const started = await open(status, "w");
  try {
    const enter = [...ENTER, String(process.pid), ...groups, "--", ...runtimeOf(spec).enter(dir, spec)];
    const [program = "", ...args] = [...enter, ...command];
    const child = spawn(program, args, {
      cwd: paths.temporary,
      env: childEnvironment(spec.environment),
      stdio: ["ignore", log.end.fd, log.end.fd, started.fd],
    });
    const exit = once(child, "exit");
    await once(child, "spawn");
    // From here on KIWI and its children alone keep the log open.
    await log.end.close();
    const init = await findInit(child);
    if (init !== null) await writeNamespace(dir, { ...record(log.filter), init });
    const forced = await endOnCancel(child, init, groups, { cancel, lost: log.lost }, spec.graceSeconds);
    const [code, signal] = (await exit) as [number | null, string | null];
    if (init !== null) while (isAlive(init)) await sleep(10);
    const outOfMemory = await ranOutOfMemory(groups);
    return { started: (await readFile(status, "utf8")) !== "", ...readCode(code, signal), forced, outOfMemory };
  } finally {
    await log.end.close();
    await Promise.all([log.written, started.close(), rm(status, { force: true })]);
  }
}

/** Waits for the child's end, and sees to it when it is cancelled or its log is lost; returns whether force was needed. */
async function endOnCancel(
  child: ChildProcess,
  init: ProcessIdentity | null,
  groups: ControlGroups,
  { cancel, lost }: { cancel: AbortSignal; lost: AbortSignal },
  graceSeconds: number,
): Promise<boolean> {
  const ended = new AbortController();
  child.once("exit", () => ended.abort());
  if (hasEnded(child)) ended.abort();
  await abortOf(cancel, lost, ended.signal);
  const deadline = Date.now() + graceSeconds * 1000;
  while (!hasEnded(child) && !lost.aborted && Date.now() < deadline) {
    if (init !== null) signalProcess(init, "SIGTERM");
    await sleep(REPEAT, undefined, { signal: ended.signal }).catch(() => {});
  }
  if (hasEnded(child)) return false;
  if (init !== null) signalProcess(init, "SIGKILL");
  await killGroups(groups);
  child.kill("SIGKILL");
  return true;
}

/** The first process of the runtime, the only child of its program; null where that failed before making one. */
async function findInit(child: ChildProcess): Promise<ProcessIdentity | null> {
  while (!hasEnded(child)) {
    const pid = await childOf(child.pid ?? 0);
    const identity = pid === null ? null : identityOf(pid);
    if (identity !== null) return identity;
    await sleep(5);
  }
  return null;
}

async function childOf(parent: number): Promise<number | null> {
  for (const entry of await readdir("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, "utf8").catch(() => "");
    // Field 4 is the parent; field 2 may hold anything, so count from its closing parenthesis (proc_pid_stat(5)).
    if (Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) === parent) return Number(entry);
  }
  return null;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Resolves when one of the signals has fired. */
async function abortOf(...signals: AbortSignal[]): Promise<void> {
  const any = AbortSignal.any(signals);
  if (!any.aborted) await once(any, "abort");
}

/** A shell tells of a program that a signal ended by 128 plus the signal's number. */
function readCode(code: number | null, signal: string | null): Pick<Ending, "exitCode" | "signal"> {
  if (code === null || code <= 128) return { exitCode: code, signal };
  return { exitCode: null, signal: signalName(code - 128) };
}

function signalName(number: number): string {
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? `signal ${number}`;
}
