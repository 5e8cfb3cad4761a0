import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { medianTime } from "./measurement.ts";

/** What people run to check a description, as they run it: milliseconds from Enter to its end; absent where it is not. */
export interface OthersTimes {
  jing?: number;
  "kiwi-ng image info"?: number;
}

export function othersTimes(kiwi: string, schema: string, text: string, rounds: number): OthersTimes {
  const folder = mkdtempSync(join(tmpdir(), "kiwi-workbench-bench-"));
  try {
    const file = join(folder, "config.xml");
    writeFileSync(file, text);
    mkdirSync(join(folder, "root"));
    const time = (command: string, args: readonly string[]) =>
      medianTime(rounds, () => {
        const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
        if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
      });
    const isThere = (command: string) => spawnSync(command, { stdio: "ignore" }).error === undefined;
    return {
      ...(isThere("jing") && { jing: time("jing", [schema, file]) }),
      ...(isThere(kiwi) && { "kiwi-ng image info": time(kiwi, ["image", "info", "--description", folder]) }),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
