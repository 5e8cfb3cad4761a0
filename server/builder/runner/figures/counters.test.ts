import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openMemoryPeak, readCounters } from "./counters.ts";

/** A control group's folder with these files, as the kernel would show them. */
async function group(files: Record<string, string>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "group-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
  return dir;
}

test("the new layout's counters are read, and what a device passes on to another counts once", async () => {
  const unified = await group({
    "cpu.stat": "usage_usec 2500000\nuser_usec 2000000\nsystem_usec 500000\n",
    "io.stat":
      "254:0 rbytes=1 wbytes=4096 rios=1 wios=1 dbytes=0 dios=0\n7:0 rbytes=0 wbytes=900 rios=0 wios=9\n8:16 \n",
    "cgroup.procs": `${process.pid}\n`,
  });
  expect(await readCounters([unified])).toEqual({ cpuSeconds: 2.5, diskWrittenBytes: 4096 });
});

test("the old layout's processor time is read, and its processes tell what they wrote", async () => {
  const cpuacct = await group({ "cpuacct.usage": "1500000000\n", "cgroup.procs": `${process.pid}\n` });
  const counters = await readCounters([cpuacct]);
  expect(counters.cpuSeconds).toBe(1.5);
  const own = await readFile("/proc/self/io", "utf8").catch(() => "");
  expect(counters.diskWrittenBytes === undefined).toBe(own === "");
});

test("what no group counts is absent, not zero", async () => {
  expect(await readCounters([])).toEqual({});
  const peak = await openMemoryPeak([await group({ "cgroup.procs": "" })]);
  expect(await peak.take()).toBeNull();
  await peak.close();
});

test("a peak of memory is set back when it is read", async () => {
  const memory = await group({ "memory.max_usage_in_bytes": "734003200\n" });
  const peak = await openMemoryPeak([memory]);
  expect(await peak.take()).toBe(734003200);
  // The kernel takes any number as a wish to begin anew.
  expect(await readFile(join(memory, "memory.max_usage_in_bytes"), "utf8")).toMatch(/^0/);
  await peak.close();
});
