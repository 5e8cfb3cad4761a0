import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { signalProcess } from "#server/platform/process-identity.ts";
import { buildsFolder, cannotRunBuilds, ended, hostState, newAttempt, printed, readLog } from "./attempt-fixture.ts";
import { readNamespace } from "./attempt-folder.ts";
import { cancelAttempt, inspectAttempt } from "./inspect.ts";
import { loopDevices } from "./loop-devices.ts";
import { settleLost, sweepAttempt } from "./settle.ts";
import { startAttempt } from "./start.ts";

const obstacle = cannotRunBuilds();
const NOTHING_LEFT = { mounts: [], loops: [], processes: [] };

async function builds(): Promise<string> {
  const folder = await buildsFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  return folder.path;
}

/** The control groups that are there for an attempt, whoever knows of them. */
function groupsOf(dir: string): string[] {
  const name = `${basename(dirname(dir))}-${basename(dir)}`;
  return execFileSync("find", ["/sys/fs/cgroup", "-maxdepth", "12", "-type", "d", "-name", name], { encoding: "utf8" })
    .split("\n")
    .filter(Boolean);
}

async function killRunner(dir: string): Promise<void> {
  const state = await inspectAttempt(dir);
  if (state.kind !== "running") throw new Error(`The attempt is ${state.kind}.`);
  process.kill(state.record.runner.pid, "SIGKILL");
  while ((await inspectAttempt(dir)).kind === "running") await sleep(10);
}

describe.skipIf(obstacle !== null)(`an attempt${obstacle === null ? "" : ` (skipped: ${obstacle})`}`, () => {
  test("that fails tells the exit code, KIWI's error, and what is in the log", async () => {
    const { dir, spec } = await newAttempt(await builds(), "exit-7");
    expect(await inspectAttempt(dir)).toEqual({ kind: "absent" });
    await startAttempt(dir, spec);
    const exit = await ended(dir);
    expect(exit).toMatchObject({
      outcome: "failed",
      exitCode: 7,
      reason: "KiwiScriptFailed: config.sh failed with: no",
      residue: [],
    });
    const log = readFileSync(join(dir, "build.log"));
    expect(log.toString().split("\n")).toHaveLength(3);
    expect(exit.logBytes).toBe(log.length);
    expect(exit.logSha256).toBe(createHash("sha256").update(log).digest("hex"));
  });

  test("that succeeds keeps its results and nothing else, not even a process that went into the background", async () => {
    const folder = await builds();
    const { dir, spec } = await newAttempt(folder, "succeed");
    await startAttempt(dir, spec);
    const sha256 = createHash("sha256").update("image\n").digest("hex");
    expect(await ended(dir)).toMatchObject({
      outcome: "succeeded",
      reason: null,
      exitCode: 0,
      results: [{ key: "filesystem_image", name: "image.ext4", size: 6, sha256 }],
      residue: [],
    });
    expect(readFileSync(join(dir, "results/image.ext4"), "utf8")).toBe("image\n");
    expect(
      readdirSync(dir)
        .filter((name) => !name.endsWith(".json"))
        .sort(),
    ).toEqual(["build.log", "description", "results", "runner.log"]);
    expect(await hostState(folder)).toEqual(NOTHING_LEFT);
  });

  test("that is stopped and goes on has not ended meanwhile", async () => {
    const { dir, spec } = await newAttempt(await builds(), "pause");
    await startAttempt(dir, spec);
    expect(await ended(dir)).toMatchObject({ outcome: "succeeded", reason: null });
  });

  test("tells what each of its phases took, as far as this kernel counts it", async () => {
    const { dir, spec } = await newAttempt(await builds(), "take-turns");
    await startAttempt(dir, { ...spec, createCommand: spec.command });
    const { phases } = await ended(dir);
    expect(phases.map(({ id }) => id)).toEqual(["load", "bootstrap", "create", "load", "bootstrap", "create"]);
    const [load, , create, , bootstrap] = phases;
    const times = phases.flatMap(({ startedAt, endedAt }) => [startedAt, endedAt ?? ""]);
    expect(times).toEqual(times.toSorted());
    const groups = (await readNamespace(dir))?.groups ?? [];
    if (groups.length === 0) return expect(bootstrap).not.toHaveProperty("cpuSeconds");
    expect(bootstrap?.cpuSeconds).toBeGreaterThan(Math.max(load?.cpuSeconds ?? 0, create?.cpuSeconds ?? 0));
    const sizes = { peakMemoryBytes: 64 * 2 ** 20, diskWrittenBytes: 8 * 2 ** 20, networkReceivedBytes: 100_000 };
    for (const name of ["peakMemoryBytes", "diskWrittenBytes", "networkReceivedBytes"] as const) {
      if (bootstrap?.[name] === undefined) continue;
      expect(bootstrap[name], name).toBeGreaterThanOrEqual(sizes[name]);
      expect(create?.[name], name).toBeLessThan(sizes[name]);
    }
  });

  test("never has a secret in its log, and loses no line of it when its runner is killed", async () => {
    const { dir, spec } = await newAttempt(await builds(), "tell-secret");
    await mkdir(join(dir, "secrets"), { mode: 0o700 });
    await writeFile(join(dir, "secrets/masks.json"), JSON.stringify(["correct horse"]));
    await startAttempt(dir, spec);
    await printed(dir, "ready");
    await killRunner(dir);
    await settleLost(dir);
    const base64 = Buffer.from("user:correct horse").toString("base64").slice(8, 20);
    const log = readLog(dir);
    expect(log).not.toMatch(/correct|%20horse/);
    expect(log).not.toContain(base64);
    expect(log.match(/\[masked\]/g)).toHaveLength(4);
    // Written just before the end, without a new line.
    expect(log).toMatch(/last words$/);
    expect(existsSync(join(dir, "secrets"))).toBe(false);
  });

  test("keeps to its limits, and dies as a whole with its control groups", async () => {
    const folder = await builds();
    const { dir, spec } = await newAttempt(folder, "take-much");
    const limits = { memoryBytes: 200 * 2 ** 20, processes: 50, cpuWeight: 50 };
    await startAttempt(dir, { ...spec, limits });
    await printed(dir, "ready");
    const groups = (await readNamespace(dir))?.groups ?? [];
    const log = readLog(dir);
    if (groups.length === 0) return expect(log).toContain("no control groups");
    expect(log).toMatch(/fork: .*unavailable/i);
    expect(log).toContain("memory: killed");
    await cancelAttempt(dir);
    expect(await ended(dir)).toMatchObject({ outcome: "cancelled", residue: [] });
    expect(groups.filter((group) => existsSync(group))).toEqual([]);
    expect(await hostState(folder)).toEqual(NOTHING_LEFT);
  });

  test("sees nothing in folders that are hidden from it, and has no power over the kernel", async () => {
    const folder = await builds();
    const { dir, spec } = await newAttempt(folder, "look-for-secrets", join(folder, "secrets"));
    await mkdir(join(folder, "secrets"));
    await writeFile(join(folder, "secrets/password"), "x");
    await startAttempt(dir, { ...spec, hidden: [join(folder, "secrets"), join(folder, "not-there")] });
    await ended(dir);
    expect(readLog(dir)).toMatch(/^entries: 0$/m);
    const powers = BigInt(`0x${/^CapBnd:\s*(\w+)$/m.exec(readLog(dir))?.[1]}`);
    // Loading modules (16), raw hardware (17), other processes (19), networks (12), the clock (25).
    for (const bit of [12n, 16n, 17n, 19n, 25n]) expect(powers & (1n << bit)).toBe(0n);
    // Mounting (21) and making devices (27) is what KIWI is about.
    for (const bit of [21n, 27n]) expect(powers & (1n << bit)).not.toBe(0n);
    expect(existsSync(join(folder, "secrets/password"))).toBe(true);
  });

  test("sees an environment, caches and processes of its own", async () => {
    const { dir, spec } = await newAttempt(await builds(), "look-around");
    await startAttempt(dir, spec);
    await ended(dir);
    const log = readLog(dir);
    expect(log).toContain("zombies: 0\n");
    expect(log).toContain("HOME=/root\n");
    expect(log).toContain("variables: HOME PATH\n");
    expect(Number(/processes: (\d+)/.exec(log)?.[1])).toBeLessThan(8);
    for (const folder of ["/var/cache/kiwi", "/var/lib/containers", "/run/containers"])
      expect(existsSync(join(folder, "from-build"))).toBe(false);
    expect(existsSync(join(dir, "containers"))).toBe(false);
    expect(existsSync("/var/lib/dpkg/from-build")).toBe(false);
    expect(existsSync("/root/from-build")).toBe(false);
  });

  test("in a user namespace has all rights in its own folder, and none on the host", async () => {
    const folder = await builds();
    const { dir, spec } = await newAttempt(folder, "try-host", join(folder, "proof"));
    await writeFile(join(dir, "description/config.sh"), "", { mode: 0o600 });
    await mkdir(join(dir, "secrets"), { mode: 0o700 });
    await startAttempt(dir, { ...spec, runtime: "user-namespace", hidden: [join(folder, "not-there")] });
    expect(await ended(dir)).toMatchObject({ outcome: "succeeded", residue: [] });
    expect(readLog(dir).trim().split("\n")).toEqual([
      "root of 65536 users",
      "description: root 600",
      "devices: 4 bytes of chance, the rest goes to nothing",
      "mounts: proc, sys and dev",
      "tar: etc",
      "builds: 1",
    ]);
    expect(existsSync(join(folder, "proof"))).toBe(false);
    expect(existsSync("/etc/from-build")).toBe(false);
    expect(readFileSync(join(dir, "results/image.ext4"), "utf8")).toBe("image\n");
    expect(await hostState(folder)).toEqual(NOTHING_LEFT);
  });

  test("whose log cannot be written does not start", async () => {
    const folder = await builds();
    const { dir, spec } = await newAttempt(folder, "succeed");
    await mkdir(join(dir, "secrets"), { mode: 0o700 });
    await writeFile(join(dir, "secrets/masks.json"), "no list");
    await startAttempt(dir, spec);
    const exit = await ended(dir);
    expect(exit).toMatchObject({ outcome: "failed-to-start", exitCode: null, residue: [] });
    expect(exit.reason).toMatch(/^KIWI could not be started: The log could not be written: SyntaxError/);
    expect(readLog(dir)).toContain(`[ ERROR   ]: `);
  });

  test("whose log is lost is ended at once, and says why", async () => {
    const folder = await builds();
    const { dir, spec } = await newAttempt(folder, "deaf");
    await startAttempt(dir, { ...spec, graceSeconds: 1000 });
    await printed(dir, "ready");
    const filter = (await readNamespace(dir))?.filter;
    if (filter !== undefined) signalProcess(filter, "SIGKILL");
    const exit = await ended(dir);
    expect(exit).toMatchObject({ outcome: "failed", residue: [] });
    expect(exit.reason).toBe("The log could not be written: what writes it was ended by SIGKILL.");
    expect(readLog(dir)).toContain(exit.reason);
    expect(await hostState(folder)).toEqual(NOTHING_LEFT);
  });

  test("is found with its control groups at whatever moment its runner is killed", async () => {
    const folder = await builds();
    for (const moment of [0, 10, 30, 90]) {
      const { dir, spec } = await newAttempt(folder, "deaf");
      await startAttempt(dir, spec);
      await sleep(moment);
      await killRunner(dir);
      expect(await settleLost(dir)).toMatchObject({ outcome: "interrupted", residue: [] });
      expect(groupsOf(dir), `${moment} ms`).toEqual([]);
    }
    // What writes the log ends by itself where it was not known yet.
    await expect.poll(() => hostState(folder)).toEqual(NOTHING_LEFT);
  });

  test("whose runner was gone before KIWI was started never starts it", () => {
    const entry = join(import.meta.dirname, "join-groups.sh");
    expect(spawnSync("bash", [entry, "1", "--", "echo", "started"], { encoding: "utf8" })).toMatchObject({
      status: 1,
      stdout: "",
    });
    const ours = ["bash", entry, String(process.pid), "--", "echo", "started"];
    expect(spawnSync(ours[0] ?? "", ours.slice(1), { encoding: "utf8" }).stdout).toBe("started\n");
  });

  test("on the bare host is ended by its control group all the same", async () => {
    const folder = await builds();
    const { dir, spec } = await newAttempt(folder, "deaf");
    await startAttempt(dir, { ...spec, runtime: "host" });
    await printed(dir, "ready");
    await killRunner(dir);
    expect(await settleLost(dir)).toMatchObject({ outcome: "interrupted", residue: [] });
    expect(await hostState(folder)).toEqual(NOTHING_LEFT);
  });

  test("that is cancelled may clean up by itself", async () => {
    const folder = await builds();
    const { dir, spec } = await newAttempt(folder, "polite");
    await startAttempt(dir, { ...spec, graceSeconds: 30 });
    await printed(dir, "ready");
    await cancelAttempt(dir);
    expect(await ended(dir)).toMatchObject({ outcome: "cancelled", exitCode: 1, forced: false, residue: [] });
    expect(readLog(dir)).toBe("ready\ncleaned\n");
    expect(await hostState(folder)).toEqual(NOTHING_LEFT);
  });

  test("that is deaf to requests is killed after its grace time", async () => {
    const folder = await builds();
    const { dir, spec } = await newAttempt(folder, "deaf");
    await startAttempt(dir, spec);
    await printed(dir, "ready");
    expect(await cancelAttempt(dir)).toBe(true);
    expect(await ended(dir)).toMatchObject({ outcome: "cancelled", forced: true, residue: [] });
    expect(await hostState(folder)).toEqual(NOTHING_LEFT);
    expect(await cancelAttempt(dir)).toBe(false);
  });

  test("can be cancelled as soon as it is started", async () => {
    const folder = await builds();
    const { dir, spec } = await newAttempt(folder, "succeed");
    await startAttempt(dir, spec);
    await cancelAttempt(dir);
    expect(await ended(dir)).toMatchObject({ outcome: "cancelled", results: [], residue: [] });
    expect(existsSync(join(dir, "results"))).toBe(false);
    expect(await hostState(folder)).toEqual(NOTHING_LEFT);
  });

  test("that is cancelled leaves no loop device, no partition and no mount", async () => {
    const folder = await builds();
    const { dir, spec } = await newAttempt(folder, "hold-devices");
    await startAttempt(dir, spec);
    await printed(dir, "ready");
    expect((await hostState(folder)).loops).toHaveLength(2);
    await cancelAttempt(dir);
    expect(await ended(dir)).toMatchObject({ outcome: "cancelled", forced: true, residue: [] });
    expect(await hostState(folder)).toEqual(NOTHING_LEFT);
    expect(existsSync(join(dir, "target"))).toBe(false);
  });

  test("whose runner is killed dies with it, is called lost, and is settled with nothing left", async () => {
    const folder = await builds();
    const { dir, spec } = await newAttempt(folder, "hold-devices");
    await startAttempt(dir, spec);
    await printed(dir, "ready");
    await killRunner(dir);
    expect(await inspectAttempt(dir)).toEqual({ kind: "lost" });
    expect(await settleLost(dir)).toMatchObject({ outcome: "interrupted", results: [], residue: [] });
    expect(await inspectAttempt(dir)).toMatchObject({ kind: "ended" });
    expect(await hostState(folder)).toEqual(NOTHING_LEFT);
  });

  test("whose builds folder is a mount is cleaned up all the same, though the kernel forgets where its files were", async () => {
    const folder = await builds();
    execFileSync("mount", ["-t", "tmpfs", "tmpfs", folder]);
    onTestFinished(() => void execFileSync("umount", ["--lazy", folder]));
    const { dir, spec } = await newAttempt(folder, "hold-devices");
    await startAttempt(dir, spec);
    await printed(dir, "ready");
    const held = (await loopDevices()).filter((device) => device.backingFile?.startsWith(dir));
    expect(held).toHaveLength(2);
    await killRunner(dir);
    expect(await settleLost(dir)).toMatchObject({ outcome: "interrupted", residue: [] });
    const names = held.map((device) => device.name);
    for (const device of (await loopDevices()).filter(({ name }) => names.includes(name)))
      expect(device).toMatchObject({ backingFile: null, partitions: [] });
  });

  test("that is lost is swept from the host, while one that runs is left alone", async () => {
    const folder = await builds();
    const [lost, running] = [await newAttempt(folder, "hold-devices"), await newAttempt(folder, "hold-devices")];
    for (const { dir, spec } of [lost, running]) {
      await startAttempt(dir, spec);
      await printed(dir, "ready");
    }
    await killRunner(lost.dir);
    for (const { dir } of [lost, running]) await sweepAttempt(dir);
    expect(await inspectAttempt(lost.dir)).toMatchObject({ kind: "ended", exit: { outcome: "interrupted" } });
    expect(existsSync(join(lost.dir, "target"))).toBe(false);
    expect((await hostState(folder)).loops).toHaveLength(2);
    expect(await inspectAttempt(running.dir)).toMatchObject({ kind: "running" });
    await cancelAttempt(running.dir);
    await ended(running.dir);
    expect(await hostState(folder)).toEqual(NOTHING_LEFT);
  });

  test("goes on when the process that started it is killed", async () => {
    const { dir, spec } = await newAttempt(await builds(), "deaf");
    const starter = spawn(process.execPath, ["--input-type=module", "-e", killedStarter(dir, spec)], {
      stdio: "inherit",
    });
    await new Promise((resolve) => starter.once("exit", resolve));
    expect(starter.signalCode).toBe("SIGKILL");
    await printed(dir, "ready");
    expect(await inspectAttempt(dir)).toMatchObject({ kind: "running" });
    await cancelAttempt(dir);
    expect(await ended(dir)).toMatchObject({ outcome: "cancelled" });
  });

  test("has one runner, however often it is started", async () => {
    const { dir, spec } = await newAttempt(await builds(), "deaf");
    await Promise.all([startAttempt(dir, spec), startAttempt(dir, spec), startAttempt(dir, spec)]);
    await printed(dir, "ready");
    await sleep(500);
    expect(readLog(dir)).toBe("ready\n");
    await cancelAttempt(dir);
    await ended(dir);
  });

  test("may not pass a file of the host off as its result", async () => {
    const { dir, spec } = await newAttempt(await builds(), "lie", "/etc/hostname");
    await startAttempt(dir, spec);
    const exit = await ended(dir);
    expect(exit).toMatchObject({ outcome: "failed", exitCode: 0, results: [] });
    expect(exit.reason).toContain("outside the target folder");
    expect(existsSync("/etc/hostname")).toBe(true);
  });

  test("that ends without error and without results has failed", async () => {
    const attempt = await newAttempt(await builds(), "exit-7");
    await startAttempt(attempt.dir, { ...attempt.spec, command: ["true"] });
    expect(await ended(attempt.dir)).toMatchObject({ outcome: "failed", exitCode: 0, results: [] });
  });

  test("whose KIWI is missing has failed to start, and its log says so", async () => {
    const { dir, spec } = await newAttempt(await builds(), "exit-7");
    await startAttempt(dir, { ...spec, command: ["/nonexistent/kiwi-ng"] });
    const exit = await ended(dir);
    expect(exit.outcome).toBe("failed-to-start");
    expect(exit.reason).toContain("/nonexistent/kiwi-ng");
    expect(readLog(dir)).toContain("[ ERROR   ]: ");
  });

  test("that gets no namespaces has failed to start, in the words of the host", async () => {
    const { dir, spec } = await newAttempt(await builds(), "succeed");
    await mkdir(join(dir, "bin"));
    await writeFile(join(dir, "bin/unshare"), "#!/bin/sh\necho 'unshare: Operation not permitted' >&2\nexit 1\n", {
      mode: 0o755,
    });
    const environment = { ...spec.environment, PATH: `${join(dir, "bin")}:${spec.environment.PATH}` };
    await startAttempt(dir, { ...spec, environment });
    expect(await ended(dir)).toMatchObject({
      outcome: "failed-to-start",
      reason: "KIWI could not be started: unshare: Operation not permitted",
      residue: [],
    });
  });

  test("whose runner fails by itself is settled with the runner's own words", async () => {
    const { dir, spec } = await newAttempt(await builds(), "succeed");
    // A description that is no folder is something that the runner does not expect.
    await rm(join(dir, "description"), { recursive: true });
    await startAttempt(dir, spec);
    while ((await inspectAttempt(dir)).kind === "running") await sleep(10);
    expect(await inspectAttempt(dir)).toEqual({ kind: "lost" });
    const exit = await settleLost(dir);
    expect(exit.outcome).toBe("interrupted");
    expect(exit.reason).toContain("ENOENT");
  });

  test("whose scripts leave a name for a shell in the root tree makes no image", async () => {
    const { dir, spec } = await newAttempt(await builds(), "plant-name");
    await startAttempt(dir, { ...spec, createCommand: ["touch", join(dir, "created")] });
    const exit = await ended(dir);
    expect(exit).toMatchObject({ outcome: "failed", exitCode: 0, residue: [] });
    expect(exit.reason).toContain("INJ_PROOF");
    expect(readLog(dir)).toContain("INJ_PROOF");
    expect(existsSync(join(dir, "created"))).toBe(false);
  });

  test("whose overlay would run a program on the host by a file name is refused", async () => {
    const folder = await builds();
    const { dir, spec } = await newAttempt(folder, "succeed");
    await mkdir(join(dir, "description/root"));
    await writeFile(join(dir, "description/root", "x;id>INJ_PROOF;#"), "");
    await startAttempt(dir, spec);
    const exit = await ended(dir);
    expect(exit).toMatchObject({ outcome: "failed-to-start", exitCode: null, residue: [] });
    expect(exit.reason).toContain("INJ_PROOF");
  });
});

function killedStarter(dir: string, spec: unknown): string {
  const start = join(import.meta.dirname, "start.ts");
  return `import { startAttempt } from ${JSON.stringify(start)};
    await startAttempt(${JSON.stringify(dir)}, ${JSON.stringify(spec)});
    process.kill(process.pid, "SIGKILL");`;
}
