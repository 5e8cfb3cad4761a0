import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Mount points of this process' namespace at or below a folder, the deepest first. */
export async function mountsBelow(dir: string): Promise<string[]> {
  const points = (await readFile("/proc/self/mountinfo", "utf8"))
    .split("\n")
    .flatMap((line) => line.split(" ")[4] ?? [])
    .map(unescape);
  return points.filter((point) => point === dir || point.startsWith(`${dir}/`)).sort((a, b) => b.length - a.length);
}

/** Takes a mount out of the tree even where something still uses it. Failures show in `mountsBelow`. */
export async function detachMount(point: string): Promise<void> {
  await run("umount", ["--lazy", "--", point]).catch(() => {});
}

/** The kernel writes blanks and backslashes of a path as octal numbers (proc_pid_mountinfo(5)). */
function unescape(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
