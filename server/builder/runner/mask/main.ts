import { closeSync, readFileSync, writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { Masker } from "./masker.ts";

/**
 * The filter between KIWI and its log: standard input to standard output, without the secrets that the file named by the
 * argument lists. It belongs to no process namespace and outlives its runner, until the last writer is gone: what KIWI
 * has written is in the log, whoever is killed. It tells by file descriptor 3 that it is ready.
 */

/** Milliseconds after which what looks like the beginning of a secret, and is only a few characters, is let go. */
const PATIENCE = 500;

for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => {});

const masker = new Masker(readSecrets(process.argv[2]));
writeSync(3, "ready");
closeSync(3);
let pause: NodeJS.Timeout | undefined;
for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
  clearTimeout(pause);
  await write(masker.push(chunk), false);
  pause = setTimeout(() => void write(masker.pause(), false), PATIENCE);
}
clearTimeout(pause);
await write(masker.end(), true);

/** While the disk is full KIWI waits; once it is over, so does nobody. */
async function write(bytes: Buffer, over: boolean): Promise<void> {
  for (let done = 0, tries = 0; done < bytes.length; )
    try {
      done += writeSync(1, bytes, done);
    } catch (error) {
      if (!["ENOSPC", "EDQUOT", "EAGAIN"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
      if (over && ++tries > 20) throw error;
      await sleep(250);
    }
}

function readSecrets(path: string | undefined): string[] {
  try {
    return z.array(z.string()).parse(JSON.parse(readFileSync(path ?? "", "utf8")));
  } catch (error) {
    // A description without secrets has no such list; one that cannot be read must not let secrets through.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
