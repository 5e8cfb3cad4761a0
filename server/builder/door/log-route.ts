import { once } from "node:events";
import type { FileHandle } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { openLogFile } from "../log/stored-log.ts";
import { readExit } from "../runner/attempt-folder.ts";
import { watchChanges } from "../wait.ts";
import { refuse } from "./respond.ts";

const CHUNK = 64 * 1024;
/** Milliseconds until the file is looked at without the kernel's notice. */
const LOOK_AGAIN = 250;

/**
 * Streams an attempt's stored log from byte `from` up to `to`; with `follow` until the log is complete. Bytes are read only as
 * fast as the reader takes them, so a slow reader costs one buffer.
 */
export async function sendLog(
  response: ServerResponse,
  dir: string,
  { from, to, follow }: { from: number; to: number; follow: boolean },
): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  // First the end, then the bytes: a log that was complete before we read it is read whole.
  let complete = (await readExit(dir)) !== null;
  let file = await openLogFile(dir);
  if (file && from > (await file.stat()).size) {
    await file.close();
    return refuse(response, 416, "The log is not that long.");
  }
  response.writeHead(200, {
    "content-type": "application/octet-stream",
    "cache-control": "no-store",
    ...(complete ? { "x-log-complete": "1" } : {}),
  });
  response.flushHeaders();
  const changes = watchChanges(dir, gone.signal);
  let fileChanges = file ? watchChanges(join(dir, "build.log"), gone.signal) : null;
  try {
    for (let position = from; !gone.signal.aborted; ) {
      if (file) position = await copy(file, position, to, response, gone.signal);
      if (complete || !follow || position >= to) break;
      await (fileChanges ?? changes).changed(LOOK_AGAIN);
      complete = (await readExit(dir)) !== null;
      if (!file) {
        file = await openLogFile(dir);
        if (file) fileChanges = watchChanges(join(dir, "build.log"), gone.signal);
      }
    }
    response.end();
  } finally {
    changes.close();
    fileChanges?.close();
    await file?.close();
  }
}

/** Sends what the file holds beyond a position, up to `to`. Returns the position after it. */
async function copy(
  file: FileHandle,
  from: number,
  to: number,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<number> {
  for (let position = from; ; ) {
    const length = Math.min(CHUNK, Math.max(0, to - position));
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, position);
    if (bytesRead === 0 || signal.aborted) return position;
    position += bytesRead;
    if (!response.write(buffer.subarray(0, bytesRead)))
      await once(response, "drain", { signal }).catch(() => undefined);
  }
}
