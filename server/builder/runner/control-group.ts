import { existsSync } from "node:fs";
import { access, mkdir, readFile, rmdir, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { BuildLimits } from "#lib/contracts/attempt.ts";

const MOUNT = "/sys/fs/cgroup";
/** Controllers of the kernel's old layout, each with a tree of its own. */
const OLD = ["memory", "pids", "cpu", "cpuacct"] as const;

/** The groups of an attempt, one in each tree of the kernel; empty = this host gives us none. */
export type ControlGroups = readonly string[];

/** The groups that an attempt is to have, in whichever layout the kernel has: old (v1), new (v2), or both side by side. */
export async function namesOfGroups(dir: string): Promise<string[]> {
  return (await roots()).map((root) => join(root, "kiwi-workbench", `${basename(dirname(dir))}-${basename(dir)}`));
}

/** Makes groups and sets their limits. What cannot be had is left out; a build works without. */
export async function makeGroups(names: readonly string[], limits: BuildLimits | undefined): Promise<string[]> {
  const made: string[] = [];
  for (const group of names) {
    const parent = dirname(group);
    try {
      await mkdir(group, { recursive: true });
      if (isNew(group)) await passOn([dirname(parent), parent]);
      made.push(group);
    } catch {
      // A container may show a tree read-only.
    }
  }
  if (limits !== undefined) for (const group of made) await limit(group, limits);
  return made;
}

/** Ends every process of the groups at once, also those that are just being made. */
export async function killGroups(groups: ControlGroups): Promise<void> {
  const newest = groups.find((group) => existsSync(join(group, "cgroup.kill")));
  if (newest !== undefined) return set(newest, "cgroup.kill", "1");
  for (const pid of await processesOf(groups))
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It is gone already.
    }
}

/** Processes that are still in the groups. */
export async function processesOf(groups: ControlGroups): Promise<number[]> {
  const lists = await Promise.all(groups.map((group) => readFile(join(group, "cgroup.procs"), "utf8").catch(() => "")));
  return [...new Set(lists.flatMap((list) => list.split("\n").flatMap((line) => Number(line) || [])))];
}

/** Removes groups that are empty; gives back those that are still there. */
export async function removeGroups(groups: ControlGroups): Promise<string[]> {
  for (const group of groups) await rmdir(group).catch(() => {});
  return groups.filter((group) => existsSync(group));
}

/** Whether the kernel has killed a process of the groups because they had used up their memory. */
export async function ranOutOfMemory(groups: ControlGroups): Promise<boolean> {
  const files = groups.flatMap((group) => [join(group, "memory.events"), join(group, "memory.oom_control")]);
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8").catch(() => "")));
  return texts.some((text) => Number(/^oom_kill (\d+)$/m.exec(text)?.[1] ?? 0) > 0);
}

/** Whether builds of this host have groups. */
export async function canMakeGroups(): Promise<boolean> {
  return (await roots()).length > 0;
}

/** Where groups can be made: in the old layout below our own, so that limits around us hold for builds, too. */
async function roots(): Promise<string[]> {
  if (await isThere(join(MOUNT, "cgroup.controllers"))) return [MOUNT];
  const own = await readFile("/proc/self/cgroup", "utf8").catch(() => "");
  const old = OLD.flatMap((controller) => {
    const path = new RegExp(`^\\d+:(?:[^:]*,)?${controller}(?:,[^:]*)?:(.*)$`, "m").exec(own)?.[1];
    return path === undefined ? [] : [join(MOUNT, controller, path)];
  });
  const all = [...old, join(MOUNT, "unified")];
  const there = await Promise.all(all.map((root) => isThere(join(root, "cgroup.procs"))));
  return [...new Set(all.filter((_, index) => there[index]))];
}

function isNew(group: string): boolean {
  return existsSync(join(group, "cgroup.controllers"));
}

/** In the new layout each group has to be told which limits its children may have. */
async function passOn(groups: readonly string[]): Promise<void> {
  for (const group of groups)
    for (const controller of ["memory", "pids", "cpu", "io"])
      await set(group, "cgroup.subtree_control", `+${controller}`);
}

async function limit(group: string, { memoryBytes, processes, cpuWeight }: BuildLimits): Promise<void> {
  await set(group, "pids.max", String(processes));
  if (isNew(group)) {
    await set(group, "memory.max", String(memoryBytes));
    await set(group, "cpu.weight", String(cpuWeight));
    return;
  }
  await set(group, "memory.limit_in_bytes", String(memoryBytes));
  // The old layout's usual share is 1024, the new one's 100.
  await set(group, "cpu.shares", String(Math.max(2, Math.round((cpuWeight * 1024) / 100))));
}

/** A setting that a tree does not have is left alone: the kernel does not let files be made there. */
async function set(group: string, name: string, value: string): Promise<void> {
  await writeFile(join(group, name), value, { flag: "r+" }).catch(() => {});
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
