import { existsSync, readdirSync, readlinkSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import type { AttemptExit } from "#lib/contracts/attempt.ts";
import { driveWishSchema } from "#lib/contracts/drive.ts";
import { findProgram } from "#server/kiwi/index.ts";
import { writeExit } from "../runner/attempt-folder.ts";
import { bootSector } from "./boot-sector-fixture.ts";
import { ConsoleFacts } from "./console-facts.ts";
import { Drives, drivePaths } from "./drive.ts";
import { NoMachine } from "./machine.ts";

const qemu = await findProgram("qemu-system-x86_64");
const wish = driveWishSchema.parse({});

async function attempt(sector: Buffer): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "drive-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  await mkdir(join(dir, "results"));
  await writeFile(join(dir, "results/a.raw"), Buffer.concat([sector, Buffer.alloc(1024 * 1024)]));
  const exit: AttemptExit = {
    outcome: "succeeded",
    reason: null,
    exitCode: 0,
    signal: null,
    forced: false,
    endedAt: new Date().toISOString(),
    logBytes: 0,
    logSha256: "",
    results: [{ key: "disk_image", name: "a.raw", size: 1024 * 1024 + 512, sha256: "0".repeat(64) }],
    warnings: [],
    phases: [],
    residue: [],
  };
  await writeExit(dir, exit);
  return dir;
}

/** The processes whose own folder lies in an attempt's. */
function machinesIn(dir: string): string[] {
  const folderOf = (pid: string) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`);
    } catch {
      return "";
    }
  };
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name) && folderOf(name).startsWith(dir));
}

async function until<T>(ask: () => Promise<T | null | false>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== false) return answer;
    await sleep(50);
  }
}

describe.skipIf(qemu === null || process.getuid?.() !== 0)("a test drive", () => {
  test("comes up to its login, hears what is typed, shows its screen, and leaves image and host as they were", async () => {
    const dir = await attempt(bootSector("[FAILED] Failed to start odd.service.\r\nbox login: "));
    const before = await readFile(join(dir, "results/a.raw"));
    const drives = new Drives();
    onTestFinished(() => drives.close());
    const started = await drives.start(dir, wish);
    expect(started).toMatchObject({ image: "a.raw", running: true, loginSeconds: null, reason: null });
    expect(await drives.start(dir, wish)).toBe(started);

    const up = await until(async () => {
      const state = await drives.state(dir);
      return state !== null && state.loginSeconds !== null && state;
    });
    expect(up.failedUnits).toEqual(["odd.service"]);
    drives.type(dir, "root\r");
    await until(async () => (await readFile(drivePaths(dir).console, "utf8")).endsWith("login: root\r"));
    expect((await drives.screen(dir))?.subarray(1, 4).toString()).toBe("PNG");
    const [pid] = machinesIn(dir);
    expect(await readFile(`/proc/${pid}/status`, "utf8")).toMatch(/^Uid:\t65534\t65534\t65534\t65534$/m);

    drives.stop(dir);
    const over = await until(async () => {
      const state = await drives.state(dir);
      return state !== null && !state.running && existsSync(drivePaths(dir).state) && state;
    });
    expect(over).toMatchObject({ reason: "The machine was ended.", loginSeconds: up.loginSeconds });
    expect(machinesIn(dir)).toEqual([]);
    expect((await readFile(join(dir, "results/a.raw"))).equals(before)).toBe(true);
    // What was found out outlives the builder, and so does a picture of the login.
    const later = new Drives();
    expect(await later.state(dir)).toEqual(over);
    expect((await later.screen(dir))?.subarray(1, 4).toString()).toBe("PNG");
  });

  test("needs an image that can be started", async () => {
    const dir = await mkdtemp(join(tmpdir(), "drive-"));
    onTestFinished(() => rm(dir, { recursive: true, force: true }));
    await expect(new Drives().start(dir, wish)).rejects.toThrow(NoMachine);
  });
});

test("a console tells of the login and of failed units, however its output is cut", () => {
  const facts = new ConsoleFacts();
  const text =
    "[\u001b[0;1;31mFAILED\u001b[0m] Failed to start ssh.service - Secure Shell.\r\nDebian 12 box ttyS0\r\n\r\nbox login: ";
  for (const letter of text.slice(0, -1)) facts.read(letter);
  expect(facts.failedUnits).toEqual(["ssh.service - Secure Shell"]);
  facts.read(" ");
  expect(facts.login).toBe(true);
  const other = new ConsoleFacts();
  other.read("systemd-logind: last login: never\r\n");
  expect(other.login).toBe(false);
});
