import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { identityOf, isAlive } from "#server/platform/process-identity.ts";
import { type Program, type Supervised, supervise } from "./supervisor.ts";

let folder: string;
let running: Supervised | undefined;
const pids: number[] = [];
const said: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "supervisor-"));
  pids.length = 0;
  said.length = 0;
});

afterEach(async () => {
  await running?.stop();
  rmSync(folder, { recursive: true });
});

/** A program in the words of a shell. */
function program(script: string): Program {
  const environment = { NODE_ENV: "test", PATH: "/usr/bin:/bin" } as const;
  const logFile = join(folder, "log");
  return { name: "test", command: ["sh", "-c", script], cwd: folder, environment, logFile, graceSeconds: 1 };
}

function start(script: string): Supervised {
  running = supervise(program(script), { say: (text) => said.push(text), onStart: (pid) => pids.push(pid) });
  return running;
}

test("a program that is killed is started again", async () => {
  start("exec sleep 1000");
  process.kill(pids[0] ?? 0, "SIGKILL");
  await vi.waitFor(() => expect(pids).toHaveLength(2), 10_000);
  await vi.waitFor(() => expect(said).toEqual([expect.stringContaining("SIGKILL")]));
});

test("a program that fails is quoted", async () => {
  start(`echo earlier; test -e again && exec sleep 1000; touch again; echo "no such table" >&2; exit 3`);
  await vi.waitFor(() => expect(said).toEqual([expect.stringMatching(/status 3[^]*no such table/)]), 10_000);
  await vi.waitFor(() => expect(pids).toHaveLength(2), 10_000);
});

test("stopping ends it for good, by force where it does not listen", async () => {
  const stubborn = start(`trap "" TERM; touch ready; while true; do sleep 0.1; done`);
  await vi.waitFor(() => expect(existsSync(join(folder, "ready"))).toBe(true), 10_000);
  const identity = identityOf(pids[0] ?? 0);
  if (identity === null) throw new Error("it does not run");
  await stubborn.stop();
  expect(isAlive(identity)).toBe(false);
  expect(pids).toHaveLength(1);
});

test("a program that cannot be started at all does not end the launcher", async () => {
  const missing = { ...program(""), command: ["/nowhere/program"] };
  running = supervise(missing, { say: (text) => said.push(text), onStart: (pid) => pids.push(pid) });
  await vi.waitFor(() => expect(said).toEqual([expect.stringContaining("ENOENT")]), 10_000);
});

test("output is appended to the log", async () => {
  writeFileSync(join(folder, "log"), "before\n");
  start("echo out; echo err >&2; exec sleep 1000");
  await vi.waitFor(() => expect(readFileSync(join(folder, "log"), "utf8")).toBe("before\nout\nerr\n"), 10_000);
});

test("a log that cannot be opened is told, and tried again", async () => {
  const logFile = join(folder, "logs", "log");
  const again = { ...program("exec sleep 1000"), logFile };
  running = supervise(again, { say: (text) => said.push(text), onStart: (pid) => pids.push(pid) });
  await vi.waitFor(() => expect(said[0]).toContain("ENOENT"), 10_000);
  mkdirSync(join(folder, "logs"));
  await vi.waitFor(() => expect(pids).toHaveLength(1), 10_000);
});
