import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { promisify } from "node:util";
import type { ProcessIdentity } from "#lib/contracts/attempt.ts";
import { BUILD_PATH } from "#server/kiwi/index.ts";
import { childEnvironment } from "#server/platform/child-environment.ts";
import { identityOf } from "#server/platform/process-identity.ts";
import { attemptPaths } from "./attempt-folder.ts";
import { findError } from "./reason.ts";

/** The way into an attempt's log. */
export type LogPipe = {
  /** What is written here comes out in the log, without secrets. */
  end: FileHandle;
  /** The process in between; null where it is gone already. */
  filter: ProcessIdentity | null;
  /** Resolves when everything is on the disk, after the last writer has closed his end. */
  written: Promise<void>;
  /** Fires where the filter is gone before its time: what is written from then on is lost. */
  lost: AbortSignal;
};

/** Something of a log is lost. */
export class LogLostError extends Error {
  override name = "LogLostError";
}

/**
 * Opens the log for KIWI: a pipe to a filter of its own, which hides secrets and appends to `build.log`. The pipe is one
 * of the kernel's, so that programs may open their standard output anew; and the filter is no child of any namespace, so
 * that it empties the pipe also when everything of the build, or the runner, is killed. `note` is told of it before anything else
 * happens. Throws where it does not start.
 */
export async function openLog(dir: string, note: (filter: ProcessIdentity | null) => Promise<void>): Promise<LogPipe> {
  const paths = attemptPaths(dir);
  const name = join(dir, "log.pipe");
  await rm(name, { force: true });
  await promisify(execFile)("mkfifo", ["--mode=600", name]);
  // Opened for both, because a pipe that is opened for one end waits for the other.
  const both = await open(name, constants.O_RDWR);
  const [from, end] = [await open(name, "r"), await open(name, "w")];
  await both.close();
  await rm(name);
  // It has no name any more; only who has it open can open it anew, in a user namespace as well.
  await end.chmod(0o622);
  const log = await open(paths.log, "a");
  const trouble = await open(paths.runnerLog, "a");
  try {
    const child = spawn(process.execPath, [join(import.meta.dirname, "mask", "main.ts"), paths.masks], {
      cwd: "/",
      env: childEnvironment({ PATH: BUILD_PATH, LANG: "C.UTF-8" }),
      stdio: [from.fd, log.fd, trouble.fd, "pipe"],
    });
    const lost = new AbortController();
    const written = once(child, "exit").then(async ([code, signal]: (number | string | null)[]) => {
      await log.sync();
      await log.close();
      if (code === 0) return;
      lost.abort();
      const why = await findError(paths.runnerLog);
      throw new LogLostError(
        `The log could not be written: ${why ?? `what writes it was ended by ${signal ?? code}`}.`,
      );
    });
    // Whoever waits for it hears of a failure; before that it is no bug.
    written.catch(() => {});
    await once(child, "spawn");
    const filter = child.pid === undefined ? null : identityOf(child.pid);
    await note(filter);
    // Where it fails, the end comes without a word.
    const words = (child.stdio[3] as Readable)[Symbol.asyncIterator]();
    if ((await words.next()).done)
      await written.catch(({ message }: LogLostError) => Promise.reject(new Error(message)));
    return { end, filter, written, lost: lost.signal };
  } catch (error) {
    await end.close();
    throw error;
  } finally {
    await Promise.all([from.close(), trouble.close()]);
  }
}
