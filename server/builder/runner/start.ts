import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, open, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { AttemptSpec } from "#lib/contracts/attempt.ts";
import { BUILD_PATH } from "#server/kiwi/index.ts";
import { childEnvironment } from "#server/platform/child-environment.ts";
import { attemptPaths, readRunner, writeSpec } from "./attempt-folder.ts";

/**
 * Starts the runner of an attempt whose `description` folder is in place, and returns when the runner has the attempt.
 * The runner is a process in a session of its own: it goes on when this process ends. Starting twice is harmless, the
 * second runner gives up. Throws when no runner could be started.
 */
export async function startAttempt(dir: string, spec: AttemptSpec): Promise<void> {
  // KIWI puts its target folder into command lines of a shell, unquoted.
  if (!/^[A-Za-z0-9/._-]+$/.test(dir))
    throw new Error(`Builds cannot be made in ${dir}: only letters, digits, ".", "_" and "-" are safe in this path.`);
  const paths = attemptPaths(dir);
  for (const folder of [paths.target, paths.cache, paths.temporary, paths.containers, paths.layer, paths.results])
    await mkdir(folder, { recursive: true });
  if (spec.runtimeConfig !== undefined) await writeFile(paths.runtimeConfig, spec.runtimeConfig);
  if (spec.packages !== undefined) await writeFile(paths.configurationConfig, spec.packages.runtimeConfig);
  await writeSpec(dir, spec);

  const log = await open(paths.runnerLog, "a");
  try {
    const child = spawn(process.execPath, [join(import.meta.dirname, "main.ts"), dir], {
      cwd: "/",
      detached: true,
      env: childEnvironment({ PATH: BUILD_PATH, LANG: "C.UTF-8" }),
      stdio: ["ignore", log.fd, log.fd],
    });
    await once(child, "spawn");
    while ((await readRunner(dir)) === null) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`The runner of ${dir} ended at once: ${(await readFile(paths.runnerLog, "utf8")).trim()}`);
      await sleep(20);
    }
    child.unref();
  } finally {
    await log.close();
  }
}
