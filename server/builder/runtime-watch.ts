import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { KiwiInstallation } from "#lib/contracts/builder.ts";
import type { RuntimeName, RuntimeStatus } from "#lib/contracts/runtime.ts";
import { BUILD_PATH, findProgram, hasKvm } from "#server/kiwi/index.ts";
import { childEnvironment } from "#server/platform/child-environment.ts";
import type { Config } from "#server/platform/config.ts";
import { attemptPaths } from "./runner/attempt-folder.ts";
import { canMakeGroups } from "./runner/control-group.ts";
import { runtimeOf } from "./runner/runtimes.ts";

/** Milliseconds after which a runtime that did not work is tried again, and that trying one may take. */
const [TRY_AGAIN, PATIENCE] = [600_000, 120_000];

/** The prefix of folders in which runtimes are tried out. */
const TRIAL = ".try-";

/** The runtimes of this host, tried out again whenever it has another KIWI. */
export function createRuntimeWatch(config: Config) {
  let triedWith: string | null = null;
  let nextTry = 0;
  let statuses: Promise<RuntimeStatus[]> = Promise.resolve([]);
  let known: RuntimeStatus[] = [];
  return {
    /** What is known at the moment. */
    known: () => known,
    /** What is known when everything has been tried out. */
    settled: () => statuses,
    refresh(kiwi: KiwiInstallation | null, now = Date.now()): void {
      const tried = kiwi && `${kiwi.command} ${kiwi.version}`;
      // What does not work may be mended, or was only too slow on a busy host.
      if (kiwi === null || (triedWith === tried && (now < nextTry || known.every(({ obstacle }) => obstacle === null))))
        return;
      triedWith = tried;
      nextTry = now + TRY_AGAIN;
      statuses = examine(config, kiwi).then(
        (found) => (known = found),
        () => known,
      );
    },
  };
}

async function examine(config: Config, kiwi: KiwiInstallation): Promise<RuntimeStatus[]> {
  await mkdir(config.paths.builds, { recursive: true, mode: 0o755 });
  // An earlier daemon may have died over it.
  for (const name of await readdir(config.paths.builds))
    if (name.startsWith(TRIAL)) await rm(join(config.paths.builds, name), { recursive: true, force: true });
  const [user, namespaces, box, host] = await Promise.all([
    tryOut("user-namespace", config, kiwi),
    tryOut("namespaces", config, kiwi),
    boxObstacle(),
    hostObstacle(config),
  ]);
  return [
    { name: "user-namespace", obstacle: user },
    { name: "namespaces", obstacle: namespaces },
    { name: "box", obstacle: box },
    { name: "host", obstacle: host },
  ];
}

/** Runs KIWI as a build would be run, for nothing but its version. */
async function tryOut(name: RuntimeName, config: Config, kiwi: KiwiInstallation): Promise<string | null> {
  const folder = await mkdtemp(join(config.paths.builds, TRIAL));
  try {
    const dir = join(folder, "0");
    const paths = attemptPaths(dir);
    for (const path of [paths.description, paths.target, paths.cache, paths.temporary, paths.containers, paths.layer])
      await mkdir(path, { recursive: true });
    await mkdir("/var/cache/kiwi", { recursive: true });
    const command = [kiwi.command, "--version"];
    const spec = { format: 1, buildId: "", attempt: 0, command, environment: {}, kiwiVersion: kiwi.version } as const;
    const runtime = runtimeOf({ ...spec, graceSeconds: 1, runtime: name });
    await runtime.prepare(dir);
    const words = runtime.enter(dir, { ...spec, graceSeconds: 1, command });
    await promisify(execFile)("bash", ["-c", '"$@" 3>/dev/null', "bash", ...words, ...command], {
      cwd: paths.temporary,
      env: childEnvironment({ PATH: BUILD_PATH, HOME: "/root", LANG: "C.UTF-8" }),
      timeout: PATIENCE,
    });
    return null;
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim().split("\n").at(-1) : "";
    return `KIWI cannot be run in it on this host: ${said || (error instanceof Error ? error.message : String(error))}`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** KIWI's boxes are virtual machines that it fetches once and keeps. */
async function boxObstacle(): Promise<string | null> {
  if (!(await hasKvm())) return "This host has no KVM (/dev/kvm), which a virtual machine needs.";
  if ((await findProgram(`qemu-system-${process.arch === "x64" ? "x86_64" : "aarch64"}`)) === null)
    return "This host has no QEMU, which runs the virtual machine.";
  const boxes = await readdir("/root/.kiwi_boxes").catch(() => []);
  if (boxes.length === 0) return "This host has no box: KIWI would keep it in /root/.kiwi_boxes.";
  return "Builds in boxes are not tried out yet, so they are not offered.";
}

async function hostObstacle(config: Config): Promise<string | null> {
  if (config.slots > 1)
    return "Builds that share KIWI's package cache cannot run at the same time, but this builder runs several.";
  if (!(await canMakeGroups()))
    return "This host has no control groups, by which a build's processes could be found and ended.";
  return null;
}
