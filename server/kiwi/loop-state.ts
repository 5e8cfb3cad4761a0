import { access, readdir } from "node:fs/promises";

/** How many loop devices can be had, and which unused ones still have partitions of an earlier use. */
export async function loopState(): Promise<{ free: number; stale: string[] }> {
  const names = (await readdir("/sys/block").catch(() => [])).filter((name) => /^loop\d+$/.test(name));
  const unused: string[] = [];
  for (const name of names) if (!(await isThere(`/sys/block/${name}/loop/backing_file`))) unused.push(name);
  const stale: string[] = [];
  for (const name of unused)
    if ((await readdir(`/sys/block/${name}`)).some((entry) => entry.startsWith(`${name}p`))) stale.push(name);
  // The kernel makes further ones when it is asked to by this door.
  const more = (await isThere("/dev/loop-control")) ? 1 : 0;
  return { free: unused.length - stale.length + more, stale };
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
