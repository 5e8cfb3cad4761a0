import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { BUILD_PATH } from "#server/kiwi/index.ts";
import { childEnvironment } from "#server/platform/child-environment.ts";
import type { ControlGroups } from "../control-group.ts";

/** Counts what a build receives from networks; null where this kernel, or this host, cannot. */
export type NetworkCounter = { received(): Promise<number | null>; close(): void };

export function openNetworkCounter(groups: ControlGroups): NetworkCounter {
  const group = groups.find((path) => existsSync(join(path, "cgroup.controllers")));
  if (group === undefined) return { received: async () => null, close: () => {} };
  const child = spawn("python3", [join(import.meta.dirname, "network-counter.py"), group], {
    cwd: "/",
    env: childEnvironment({ PATH: BUILD_PATH, LANG: "C.UTF-8" }),
    stdio: ["pipe", "pipe", "ignore"],
  });
  return conversation(child);
}

/** Lines there and back; once the program is gone, there is no more to be had. */
function conversation(child: ChildProcess): NetworkCounter {
  const waiting: ((count: number | null) => void)[] = [];
  let gone = false;
  const end = () => {
    gone = true;
    for (const answer of waiting.splice(0)) answer(null);
  };
  child.once("error", end).once("exit", end);
  child.stdin?.on("error", end);
  if (child.stdout) createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()?.(Number(line)));
  return {
    received: () =>
      new Promise((answer) => {
        if (gone) return answer(null);
        waiting.push(answer);
        child.stdin?.write("\n");
      }),
    close: () => child.stdin?.end(),
  };
}
