import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { childEnvironment } from "#server/platform/child-environment.ts";
import { BUILD_PATH } from "./programs.ts";

const execute = promisify(execFile);

/**
 * What a short program prints. It runs in the root folder, because Python takes packages from where it is started.
 * Throws when the program fails or takes longer than a minute.
 */
export async function run(command: string, args: readonly string[]): Promise<string> {
  const environment = childEnvironment({ PATH: BUILD_PATH, HOME: "/", LANG: "C.UTF-8" });
  const { stdout } = await execute(command, args, {
    cwd: "/",
    env: environment,
    timeout: 60_000,
    maxBuffer: 2 ** 24,
  });
  return stdout;
}

/** The shortest useful sentence about a failure: the last line that the program printed, else the error's own. */
export function describe(error: unknown): string {
  if (error instanceof Error && "killed" in error && error.killed === true) return "it did not end within a minute.";
  const printed = error instanceof Error && "stderr" in error ? String(error.stderr).trim().split("\n").at(-1) : "";
  return printed || (error instanceof Error ? error.message : String(error));
}
