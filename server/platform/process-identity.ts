import { readFileSync } from "node:fs";
import type { ProcessIdentity } from "#lib/contracts/attempt.ts";

/** Names a living process so that a later one with the same id cannot be taken for it; null where there is none. */
export function identityOf(pid: number): ProcessIdentity | null {
  const stat = readStat(pid);
  return stat === null || stat.dead ? null : { pid, startTime: stat.startTime, bootId: bootId() };
}

/** Whether exactly this process still runs. A zombie counts as ended. */
export function isAlive(identity: ProcessIdentity): boolean {
  const now = identityOf(identity.pid);
  return now !== null && now.startTime === identity.startTime && now.bootId === identity.bootId;
}

/** Sends a signal to exactly this process. False where it has ended, also where it ends at this very moment. */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): boolean {
  if (!isAlive(identity)) return false;
  try {
    return process.kill(identity.pid, signal);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
    throw error;
  }
}

/** Names this boot of the machine. */
export function bootId(): string {
  return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
}

function readStat(pid: number): { startTime: string; dead: boolean } | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return null;
  }
  // Field 2 is the program's name in parentheses and may hold anything, so count from its last parenthesis (proc(5)).
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, startTime] = [fields[0], fields[19]];
  if (state === undefined || startTime === undefined) return null;
  return { startTime, dead: state === "Z" || state === "X" };
}
