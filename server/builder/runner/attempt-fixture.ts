import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { AttemptExit, AttemptSpec } from "#lib/contracts/attempt.ts";
import { BUILD_PATH } from "#server/kiwi/index.ts";
import { isAlive } from "#server/platform/process-identity.ts";
import { readRunner } from "./attempt-folder.ts";
import { inspectAttempt } from "./inspect.ts";
import { loopDevices } from "./loop-devices.ts";

/** Why this host cannot run builds; null where it can. Tests of real processes are skipped with these words. */
export function cannotRunBuilds(): string | null {
  if (process.getuid?.() !== 0) return "root is needed to make namespaces";
  try {
    execFileSync("unshare", ["--mount", "--pid", "--fork", "--mount-proc", "true"]);
    return null;
  } catch {
    return "this host does not let us make namespaces";
  }
}

/** A folder of builds that is deleted when the test's scope ends. */
export async function buildsFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), "builds-"));
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

/** A new attempt with an empty description, whose place of KIWI is taken by a program of the `fixtures` folder. */
export async function newAttempt(
  builds: string,
  program: string,
  ...extra: string[]
): Promise<{ dir: string; spec: AttemptSpec }> {
  const buildId = randomUUID();
  const dir = join(builds, buildId, "0");
  await mkdir(join(dir, "description"), { recursive: true });
  const script = join(import.meta.dirname, "fixtures", `${program}.sh`);
  return {
    dir,
    spec: {
      format: 1,
      buildId,
      attempt: 0,
      command: ["bash", script, join(dir, "target"), ...extra],
      environment: { PATH: BUILD_PATH, HOME: "/root" },
      kiwiVersion: "11.1.6",
      graceSeconds: 0.5,
    },
  };
}

/** Waits until an attempt has ended, and its runner, too. */
export async function ended(dir: string): Promise<AttemptExit> {
  for (;;) {
    const state = await inspectAttempt(dir);
    const record = await readRunner(dir);
    if (state.kind === "ended" && record !== null && !isAlive(record.runner)) return state.exit;
    if (state.kind !== "running" && state.kind !== "ended") throw new Error(`The attempt is ${state.kind}.`);
    await sleep(20);
  }
}

/** Waits until the program of an attempt has printed a line. */
export async function printed(dir: string, line: string): Promise<void> {
  while (!readLog(dir).split("\n").includes(line)) await sleep(20);
}

export function readLog(dir: string): string {
  const path = join(dir, "build.log");
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

/** What builds could leave behind on this host: mounts, loop devices and processes that name the builds folder. */
export async function hostState(builds: string): Promise<{ mounts: string[]; loops: string[]; processes: string[] }> {
  const mounts = readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .filter((line) => line.includes(builds));
  const loops = (await loopDevices())
    .filter(
      (device) => device.backingFile?.includes(builds) || (device.backingFile === null && device.partitions.length > 0),
    )
    .map((device) => device.name);
  const processes = execFileSync("ps", ["-eww", "-o", "pid,args"], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.includes(builds));
  return { mounts, loops, processes };
}
