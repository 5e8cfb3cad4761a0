import { once } from "node:events";
import type { FileHandle } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { openInside } from "#server/platform/safe-path.ts";
import { readExit } from "../runner/attempt-folder.ts";
import { watchChanges } from "../wait.ts";
import { refuse } from "./respond.ts";

const CHUNK = 64 * 1024;
/** Milliseconds until the file is looked at without the kernel's notice. */
const LOOK_AGAIN = 250;

/**
 * Streams an attempt's stored log from byte `from`; with `follow` until the log is complete. Bytes are read only as
 * fast as the reader takes them, so a slow reader costs one buffer.
 */
export async function sendLog(
  response: ServerResponse,
  dir: string,
  { from, follow }: { from: number; follow: boolean },
): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  // First the end, then the bytes: a log that was complete before we read it is read whole.
  let complete = (await readExit(dir)) !== null;
  let file = await openLog(dir);
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
      if (file) position = await copy(file, position, response, gone.signal);
      if (complete || !follow) break;
      await (fileChanges ?? changes).changed(LOOK_AGAIN);
      complete = (await readExit(dir)) !== null;
      if (!file) {
        file = await openLog(dir);
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

/** The log, opened so that a link that a build put in its place leads nowhere; null where there is none yet. */
async function openLog(dir: string): Promise<FileHandle | null> {
  return openInside(dir, "build.log").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  });
}

/** Sends what the file holds beyond a position. Returns the position after it. */
async function copy(file: FileHandle, from: number, response: ServerResponse, signal: AbortSignal): Promise<number> {
  for (let position = from; ; ) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK, position);
    if (bytesRead === 0 || signal.aborted) return position;
    position += bytesRead;
    if (!response.write(buffer.subarray(0, bytesRead)))
      await once(response, "drain", { signal }).catch(() => undefined);
  }
}
