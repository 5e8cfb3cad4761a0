import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { attemptPaths } from "../runner/attempt-folder.ts";
import { refuse } from "./respond.ts";

/** Sends what the root tree of an attempt held, as it is stored: compressed JSON. */
export async function sendInventory(response: ServerResponse, dir: string): Promise<void> {
  const bytes = await readFile(attemptPaths(dir).inventory).catch(() => null);
  if (bytes === null) return refuse(response, 404, "Nothing is known of this build's root tree.");
  response.writeHead(200, { "content-type": "application/gzip", "content-length": bytes.length }).end(bytes);
}
