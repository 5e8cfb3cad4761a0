import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A loop device of this host. */
export type LoopDevice = {
  /** For example "loop0". */
  name: string;
  /** null = not in use. */
  backingFile: string | null;
  /** Numbers of the partitions that the kernel knows of. */
  partitions: number[];
};

export async function loopDevices(): Promise<LoopDevice[]> {
  const names = (await readdir("/sys/block").catch(() => [])).filter((name) => name.startsWith("loop"));
  return Promise.all(names.map(readDevice));
}

/**
 * Whether a loop device's file lies below a folder. The kernel names the file as seen from a mount that may be gone with
 * its namespace, and then without the path that led to the mount; so for an attempt, whose last two names are unique
 * on this host, these two count as well.
 */
export function isBackedBelow(device: LoopDevice, dir: string): boolean {
  if (device.backingFile === null) return false;
  const build = basename(dirname(dir));
  const isAttempt = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(build);
  return (
    device.backingFile.startsWith(`${dir}/`) ||
    (isAttempt && device.backingFile.includes(`/${build}/${basename(dir)}/`))
  );
}

/**
 * Frees a loop device. Its partitions go first: KIWI adds them by `partx`, and a kernel that does not look for
 * partitions itself keeps them when the device is freed; then every later build that gets this device fails.
 */
export async function freeLoopDevice(device: LoopDevice): Promise<void> {
  const path = `/dev/${device.name}`;
  for (const partition of device.partitions) await run("delpart", [path, String(partition)]).catch(() => {});
  if (device.backingFile !== null) await run("losetup", ["--detach", path]).catch(() => {});
}

async function readDevice(name: string): Promise<LoopDevice> {
  const folder = `/sys/block/${name}`;
  const backingFile = await readFile(`${folder}/loop/backing_file`, "utf8").then(
    (text) => text.replace(/\n$/, ""),
    () => null,
  );
  const partitions = (await readdir(folder)).flatMap((entry) => {
    const number = entry.startsWith(`${name}p`) ? Number(entry.slice(name.length + 1)) : Number.NaN;
    return Number.isInteger(number) ? [number] : [];
  });
  return { name, backingFile, partitions };
}
