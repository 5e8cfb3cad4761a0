import { open } from "node:fs/promises";

/** How much of a log's end is searched for the error, in bytes. */
const TAIL = 256 * 1024;

/**
 * The first line of the last error that KIWI wrote to its log, for example `KiwiScriptFailed: config.sh failed with ...`;
 * null where there is none. The form of records is the same in 9.24, 10 and 11; an error may follow a progress bar on
 * the same line.
 */
export async function lastError(log: string): Promise<string | null> {
  const records = [...(await tail(log)).matchAll(/\[ ERROR +\]: \d\d:\d\d:\d\d \| (.*)/g)];
  return records.at(-1)?.[1]?.trim().slice(0, 1000) || null;
}

/** The message of an error that ended a Node process, from what it printed; null where it printed none. */
export async function findError(log: string): Promise<string | null> {
  return /^\w*Error\b.*/m.exec(await tail(log))?.[0].slice(0, 1000) ?? null;
}

/** The last line that says anything; null for an empty log. */
export async function lastLine(log: string): Promise<string | null> {
  return (await tail(log)).trim().split("\n").at(-1)?.trim().slice(0, 1000) || null;
}

/** Why a build has failed whose KIWI has ended by a signal. */
export function signalReason(signal: string): string {
  if (signal === "SIGKILL") return "KIWI was killed from outside, as the kernel does when memory runs out.";
  return `KIWI was ended by ${signal}.`;
}

async function tail(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const position = Math.max(0, size - TAIL);
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - position), position });
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}
