import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeFileAtomic } from "./atomic-file.ts";
import { ConfigError, loadConfig } from "./config.ts";
import { identityOf, isAlive } from "./process-identity.ts";
import { findUser } from "./users.ts";

describe("the configuration", () => {
  it("has a useful default for everything", () => {
    const config = loadConfig({});
    expect(config).toMatchObject({ host: "127.0.0.1", port: 8374, slots: 1, yes: false });
    expect(config.workspaceDir).toBe(join(config.dataDir, "workspace"));
    expect(config.allowedHosts).toEqual(["localhost", "127.0.0.1", "[::1]"]);
    expect(config).not.toHaveProperty("databaseUrl");
  });

  it("takes an empty variable as not set", () => {
    expect(loadConfig({ KIWI_WORKBENCH_PORT: "", DATABASE_URL: " " })).toEqual(loadConfig({}));
  });

  it.each([
    ["KIWI_WORKBENCH_PORT", "0"],
    ["KIWI_WORKBENCH_PORT", "80a"],
    ["KIWI_WORKBENCH_SLOTS", "-1"],
    ["KIWI_WORKBENCH_DATA", "relative/folder"],
    ["KIWI_WORKBENCH_DATA", `/${"long/".repeat(20)}`],
  ])("refuses %s=%s and names the variable", (name, value) => {
    expect(() => loadConfig({ [name]: value })).toThrow(ConfigError);
    expect(() => loadConfig({ [name]: value })).toThrow(name);
  });
});

it("replaces a file as a whole, with the rights that were asked for, and leaves nothing else behind", async () => {
  const dir = await mkdtemp(join(tmpdir(), "atomic-"));
  const path = join(dir, "file");
  await writeFile(path, "old");
  await writeFileAtomic(path, "new", 0o640);
  expect(await readFile(path, "utf8")).toBe("new");
  expect((await stat(path)).mode & 0o777).toBe(0o640);
  await expect(writeFileAtomic(join(dir, "none", "file"), "x")).rejects.toMatchObject({ code: "ENOENT" });
  expect(await readdir(dir)).toEqual(["file"]);
  await rm(dir, { recursive: true });
});

it("knows a process from a later one with the same number", async () => {
  const child = spawn("sleep", ["60"]);
  await once(child, "spawn");
  const identity = identityOf(child.pid ?? 0);
  if (!identity) throw new Error("the process is not there");
  expect(isAlive(identity)).toBe(true);
  expect(isAlive({ ...identity, startTime: "1" })).toBe(false);
  expect(isAlive({ ...identity, bootId: "another boot" })).toBe(false);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(isAlive(identity)).toBe(false);
});

it("looks users up by name and by number", async () => {
  expect(await findUser("root")).toMatchObject({ uid: 0, gid: 0 });
  expect(await findUser(0)).toMatchObject({ name: "root" });
  expect(await findUser("nobody-of-that-name")).toBeNull();
});
