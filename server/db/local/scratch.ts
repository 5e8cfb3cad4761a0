import { randomUUID } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { identityOf } from "#server/platform/process-identity.ts";

const PATTERN = /\.new\.(\d+)\.(\d+)\.[0-9a-f-]+$/;

/** A name for something half made, which says whose it is, so that nobody takes away what is still being made. */
export function scratchName(name: string): string {
  return `${name}.new.${process.pid}.${identityOf(process.pid)?.startTime ?? "0"}.${randomUUID()}`;
}

/** Removes what processes that died have left half made in a folder. */
export async function sweepScratch(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, pid, startTime] = PATTERN.exec(name) ?? [];
    if (pid === undefined || identityOf(Number(pid))?.startTime === startTime) continue;
    await rm(join(folder, name), { recursive: true, force: true });
  }
}
