import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { isAlive, signalProcess } from "#server/platform/process-identity.ts";
import { readNamespace } from "./attempt-folder.ts";
import { killGroups, processesOf, removeGroups } from "./control-group.ts";
import { freeLoopDevice, isBackedBelow, type LoopDevice, loopDevices } from "./loop-devices.ts";
import { detachMount, mountsBelow } from "./mounts.ts";

const run = promisify(execFile);

/** How long the kernel may take to let go of what a dead namespace held, in milliseconds. */
const PATIENCE = 10_000;

/**
 * Ends and frees everything that an attempt may have left on this host: the processes of its namespace, loop devices,
 * mounts. Returns what could not be removed, in words; empty = nothing is left.
 */
export async function cleanHost(dir: string): Promise<string[]> {
  const deadline = Date.now() + PATIENCE;
  let residue = await cleanOnce(dir);
  while (residue.length > 0 && Date.now() < deadline) {
    await sleep(50);
    residue = await cleanOnce(dir);
  }
  return residue;
}

/**
 * Deletes folders and what is in them, never across a mount: what a left mount shows may be the host's own files.
 * So nothing is deleted while there is any mount below. Returns whether they are gone.
 */
export async function deleteTrees(folders: readonly string[]): Promise<boolean> {
  for (const folder of folders) if ((await mountsBelow(folder)).length > 0) return false;
  try {
    await run("rm", ["--recursive", "--force", "--one-file-system", "--", ...folders]);
    return true;
  } catch {
    return false;
  }
}

async function cleanOnce(dir: string): Promise<string[]> {
  const { init, filter, groups = [] } = (await readNamespace(dir)) ?? {};
  if (init) signalProcess(init, "SIGKILL");
  await killGroups(groups);
  for (const point of await mountsBelow(dir)) await detachMount(point);
  for (const device of (await loopDevices()).filter(isLeft(dir))) await freeLoopDevice(device);

  const left = await removeGroups(groups);

  return [
    ...left.map((group) => `control group ${group}`),
    ...(await processesOf(groups)).map((pid) => `process ${pid}`),
    ...(init && isAlive(init) ? [`process ${init.pid}`] : []),
    ...(filter && isAlive(filter) ? [`process ${filter.pid}, which writes the log`] : []),
    ...(await mountsBelow(dir)).map((point) => `mount ${point}`),
    ...(await loopDevices()).filter(isLeft(dir)).map((device) => `loop device /dev/${device.name}`),
  ];
}

/** Besides the attempt's own devices, free ones with partitions are healed: nobody can use them as they are. */
function isLeft(dir: string): (device: LoopDevice) => boolean {
  return (device) => isBackedBelow(device, dir) || (device.backingFile === null && device.partitions.length > 0);
}
