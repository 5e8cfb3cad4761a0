import { access, readFile, stat, statfs } from "node:fs/promises";
import { machine } from "node:os";
import { dirname } from "node:path";
import type { DoctorReport } from "#lib/contracts/builder.ts";

/** KIWI's name of this host's processor architecture. */
export function hostArchitecture(): string {
  return machine();
}

/** How control groups are laid out: the kernel's old form, the new one, or both side by side. */
export async function cgroupLayout(root = "/sys/fs/cgroup"): Promise<DoctorReport["host"]["cgroup"]> {
  if (await exists(`${root}/cgroup.controllers`)) return "v2";
  if (await exists(`${root}/unified/cgroup.controllers`)) return "hybrid";
  return (await exists(`${root}/memory`)) || (await exists(`${root}/cpu`)) ? "v1" : "none";
}

/** File systems that the kernel can mount: the ones it has, and the ones it would load a module for. */
export async function kernelFilesystems(release: string): Promise<(name: string) => boolean> {
  const present = await readFile("/proc/filesystems", "utf8").catch(() => "");
  const [builtIn, loadable] = await Promise.all(
    ["modules.builtin", "modules.dep"].map((name) =>
      readFile(`/lib/modules/${release}/${name}`, "utf8").catch(() => ""),
    ),
  );
  const modules = `${builtIn}\n${loadable}`;
  return (name) => new RegExp(`^(?:nodev)?\\s*${name}$`, "m").test(present) || modules.includes(`/${name}.ko`);
}

export async function hasLoopDevices(): Promise<boolean> {
  return (await isDevice("/dev/loop-control")) || (await isDevice("/dev/loop0"));
}

/** Whether the kernel can map devices, as volume management and encryption need. */
export async function hasDeviceMapper(): Promise<boolean> {
  return isDevice("/dev/mapper/control");
}

export async function hasKvm(): Promise<boolean> {
  return isDevice("/dev/kvm");
}

/** Bytes that are free for root on the disk that holds, or will hold, this path. */
export async function freeDiskBytes(path: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch (error) {
    if (dirname(path) === path) throw error;
    return freeDiskBytes(dirname(path));
  }
}

async function isDevice(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isCharacterDevice() || stats.isBlockDevice(),
    () => false,
  );
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
