import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** What a build can leave behind on its host. */
export interface HostState {
  mounts: string[];
  loops: string[];
  loopPartitions: string[];
  processes: string[];
}

function tryRead(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** Command lines of all processes that name `marker`, the product's own services left out by `ignore`. */
export function processesNaming(marker: string): { pid: number; command: string }[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), command: tryRead(`/proc/${name}/cmdline`).replaceAll("\0", " ").trim() }))
    .filter(({ pid, command }) => pid !== process.pid && command.includes(marker));
}

/** The host's mounts, loop devices and the processes of builds below `buildsDir`. */
export function hostState(buildsDir: string): HostState {
  const loops = execFileSync("losetup", ["--list", "--noheadings", "--output", "NAME,BACK-FILE"], { encoding: "utf8" });
  return {
    mounts: tryRead("/proc/self/mounts").split("\n").filter(Boolean).sort(),
    loops: loops.split("\n").filter(Boolean).sort(),
    loopPartitions: readdirSync("/sys/block")
      .filter((name) => name.startsWith("loop"))
      .flatMap((name) => readdirSync(`/sys/block/${name}`).filter((entry) => entry.startsWith(`${name}p`)))
      .sort(),
    processes: processesNaming(buildsDir).map(({ command }) => command),
  };
}
