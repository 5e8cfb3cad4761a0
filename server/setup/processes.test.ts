import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { loadConfig } from "#server/platform/config.ts";
import { identityOf } from "#server/platform/process-identity.ts";
import { ProcessList } from "./processes.ts";

let data: string;
const config = () => loadConfig({ KIWI_WORKBENCH_DATA: data });

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "kw-"));
  mkdirSync(config().paths.run);
});

afterEach(() => rmSync(data, { recursive: true }));

test("what a killed launcher left behind is ended by the next one", async () => {
  const child = spawn("sleep", ["1000"]);
  await once(child, "spawn");
  new ProcessList(config(), String).add("web", child.pid ?? 0);
  const ended = once(child, "exit");
  await vi.waitFor(async () => expect(await new ProcessList(config(), String).endLeftovers()).toEqual(["web"]));
  expect(await ended).toEqual([null, "SIGTERM"]);
  expect(await new ProcessList(config(), String).endLeftovers()).toEqual([]);
});

test("a process that only has the same number is left alone", async () => {
  const child = spawn("sleep", ["1000"]);
  await once(child, "spawn");
  const identity = { ...identityOf(child.pid ?? 0), startTime: "1" };
  writeFileSync(join(config().paths.run, "processes.json"), JSON.stringify({ web: identity }));
  expect(await new ProcessList(config(), String).endLeftovers()).toEqual([]);
  expect(child.exitCode).toBeNull();
  child.kill();
});

test("a damaged list is no list", async () => {
  writeFileSync(join(config().paths.run, "processes.json"), "{");
  expect(await new ProcessList(config(), String).endLeftovers()).toEqual([]);
});

test("a list that cannot be written, as on a full disk, ends nobody", async () => {
  const complaints: unknown[] = [];
  const list = new ProcessList(config(), (text) => complaints.push(text));
  rmSync(config().paths.run, { recursive: true });
  list.add("web", process.pid);
  await vi.waitFor(() => expect(complaints).toEqual([expect.stringContaining("ENOENT")]));
  mkdirSync(config().paths.run);
  list.add("builder", process.pid);
  await vi.waitFor(() => expect(readFileSync(join(config().paths.run, "processes.json"), "utf8")).toContain("web"));
});
