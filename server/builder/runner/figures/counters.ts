import { existsSync } from "node:fs";
import { type FileHandle, open, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ControlGroups, processesOf } from "../control-group.ts";

/** What the processes of a build have taken since it began; what the kernel does not count for them is absent. */
export type Counters = { cpuSeconds?: number; diskWrittenBytes?: number };

export async function readCounters(groups: ControlGroups): Promise<Counters> {
  const [cpuSeconds, diskWrittenBytes] = [await readCpu(groups), await readWritten(groups)];
  return {
    ...(cpuSeconds === null ? {} : { cpuSeconds }),
    ...(diskWrittenBytes === null ? {} : { diskWrittenBytes }),
  };
}

async function readCpu(groups: ControlGroups): Promise<number | null> {
  const old = await readFirst(groups, "cpuacct.usage");
  if (old !== null) return Number(old) / 1e9;
  const stat = await readFirst(groups, "cpu.stat");
  const microseconds = /^usage_usec (\d+)$/m.exec(stat ?? "")?.[1];
  return microseconds === undefined ? null : Number(microseconds) / 1e6;
}

/**
 * The new layout counts what is written for a group. The old one does not see what the kernel writes later from its
 * memory, which is nearly everything; there the processes' own counters are added up, which hold those of their dead
 * children.
 */
async function readWritten(groups: ControlGroups): Promise<number | null> {
  const stat = await readFirst(groups, "io.stat");
  if (stat !== null) return sum(await Promise.all(stat.trim().split("\n").map(writtenTo)));
  const texts: string[] = [];
  // Parents come first: a child that ends meanwhile must not count twice.
  for (const pid of (await processesOf(groups)).toSorted((a, b) => a - b))
    texts.push(await readFile(`/proc/${pid}/io`, "utf8").catch(() => ""));
  const counts = texts.flatMap((text) => /^write_bytes: (\d+)$/m.exec(text)?.[1] ?? []);
  return counts.length === 0 ? null : sum(counts.map(Number));
}

/** Bytes of a line of `io.stat`. What a loop device or a mapped one gets is counted again for the disk below. */
async function writtenTo(line: string): Promise<number> {
  const [, device = "", bytes] = /^(\d+:\d+) .*?\bwbytes=(\d+)/.exec(line) ?? [];
  if (bytes === undefined || device.startsWith("7:")) return 0;
  const below = await readdir(`/sys/dev/block/${device}/slaves`).catch(() => []);
  return below.length > 0 ? 0 : Number(bytes);
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** The most memory that the groups had at a time, since the last time that it was asked for. */
export type MemoryPeak = { take(): Promise<number | null>; close(): Promise<void> };

export async function openMemoryPeak(groups: ControlGroups): Promise<MemoryPeak> {
  const old = groups.map((group) => join(group, "memory.max_usage_in_bytes")).find((file) => existsSync(file));
  if (old !== undefined)
    return {
      async take() {
        const peak = Number(await readFile(old, "utf8"));
        await writeFile(old, "0", { flag: "r+" });
        return peak;
      },
      close: async () => {},
    };
  const file = groups.map((group) => join(group, "memory.peak")).find((path) => existsSync(path));
  // Before Linux 6.12 it cannot be set back, and then tells nothing of a single phase.
  const handle = file === undefined ? null : await openResettable(file);
  return {
    async take() {
      if (handle === null) return null;
      const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(32), position: 0 });
      await handle.write("reset", 0);
      return Number(buffer.toString("utf8", 0, bytesRead));
    },
    close: async () => handle?.close(),
  };
}

/** The kernel sets the peak back for whoever writes, and shows it through the same open file. */
async function openResettable(path: string): Promise<FileHandle | null> {
  const handle = await open(path, "r+").catch(() => null);
  try {
    await handle?.write("reset", 0);
    return handle;
  } catch {
    await handle?.close();
    return null;
  }
}

async function readFirst(groups: ControlGroups, name: string): Promise<string | null> {
  for (const group of groups) {
    const text = await readFile(join(group, name), "utf8").catch(() => null);
    if (text !== null) return text;
  }
  return null;
}
