import { constants } from "node:fs";
import { type FileHandle, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomic } from "#server/platform/atomic-file.ts";
import { openWithoutLinks } from "#server/platform/safe-path.ts";
import { type IndexState, indexStateSchema, LogIndex, MARK } from "./log-index.ts";

/**
 * An index on the disk: two tables that only grow, and a small file that says how much of them holds. That file is
 * written last and replaced whole, so that whatever a crash leaves behind it in the tables is never read.
 */
const STATE = "log-index.json";
const FLAGS = "log-index.lines";
const MARKS = "log-index.marks";

/** The index of a log that is `size` bytes long; a new one where there is none, or none that fits. */
export async function loadIndex(dir: string, size: number): Promise<LogIndex> {
  try {
    const state: IndexState = indexStateSchema.parse(JSON.parse(await readFile(join(dir, STATE), "utf8")));
    if (state.bytes > size) return new LogIndex();
    const flags = new Uint8Array(Math.max(4096, state.lines));
    const marks = new Float64Array(Math.max(256, state.marks) * MARK);
    await readTable(dir, FLAGS, flags.subarray(0, state.lines));
    await readTable(dir, MARKS, new Uint8Array(marks.buffer, 0, state.marks * MARK * 8));
    return LogIndex.restore(state, flags, marks);
  } catch {
    // Absent, half written by a crash, or of another version: the log itself has everything.
    return new LogIndex();
  }
}

/** What of an index is on the disk already. */
export interface Stored {
  lines: number;
  marks: number;
}

/** Writes what is new since `stored`. The caller takes care that nobody else does at the same time. */
export async function saveIndex(dir: string, index: LogIndex, stored: Stored): Promise<Stored> {
  const { state } = index;
  const marks = index.marks.subarray(stored.marks * MARK, state.marks * MARK);
  await writeTable(dir, FLAGS, index.flags.subarray(stored.lines, state.lines), stored.lines);
  await writeTable(
    dir,
    MARKS,
    new Uint8Array(marks.buffer, marks.byteOffset, marks.byteLength),
    stored.marks * MARK * 8,
  );
  await writeFileAtomic(join(dir, STATE), JSON.stringify(state));
  return { lines: state.lines, marks: state.marks };
}

/** Removes an index, so that the next one is made anew. */
export async function dropIndex(dir: string): Promise<void> {
  for (const name of [STATE, FLAGS, MARKS]) await rm(join(dir, name), { force: true });
}

async function readTable(dir: string, name: string, into: Uint8Array): Promise<void> {
  const file = await openWithoutLinks(dir, name);
  try {
    for (let done = 0; done < into.length; ) {
      const { bytesRead } = await file.read(into, done, into.length - done, done);
      if (bytesRead === 0) throw new Error(`${name} is shorter than it should be.`);
      done += bytesRead;
    }
  } finally {
    await file.close();
  }
}

async function writeTable(dir: string, name: string, bytes: Uint8Array, at: number): Promise<void> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW;
  const file: FileHandle = await open(join(dir, name), flags, 0o644);
  try {
    for (let done = 0; done < bytes.length; )
      done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
    await file.datasync();
  } finally {
    await file.close();
  }
}
