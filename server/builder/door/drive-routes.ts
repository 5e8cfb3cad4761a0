import { open } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { type Drives, drivePaths } from "../drive/drive.ts";
import { refuse } from "./respond.ts";

/** More is read with the next question. */
const MOST = 1024 * 1024;

/** Sends what a machine's screen shows. */
export async function sendScreen(response: ServerResponse, drives: Drives, dir: string): Promise<void> {
  const picture = await drives.screen(dir).catch(() => null);
  if (picture === null) return refuse(response, 404, "No machine of this build runs.");
  response.writeHead(200, { "content-type": "image/png", "content-length": picture.length }).end(picture);
}

/** Sends what a machine's serial console has said from a byte on; of one that has ended too. */
export async function sendConsole(response: ServerResponse, drives: Drives, dir: string, from: number): Promise<void> {
  if (!Number.isSafeInteger(from) || from < 0) return refuse(response, 404, "There is nothing of that name.");
  const file = (await drives.state(dir)) === null ? null : await open(drivePaths(dir).console).catch(() => null);
  if (file === null) return refuse(response, 404, "No machine was started from this build's image.");
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(MOST), 0, MOST, from);
    response.writeHead(200, { "content-type": "application/octet-stream", "content-length": bytesRead });
    response.end(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}
