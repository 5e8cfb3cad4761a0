import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { openInside } from "#server/platform/safe-path.ts";
import { readExit } from "../runner/attempt-folder.ts";
import { parseRange } from "./range.ts";
import { refuse } from "./respond.ts";

/** Sends one result file, whole or in part. Only files that the attempt's end names can be reached. */
export async function sendResult(
  request: IncomingMessage,
  response: ServerResponse,
  dir: string,
  name: string,
): Promise<void> {
  const result = (await readExit(dir))?.results.find((each) => each.name === name);
  if (!result) return refuse(response, 404, "This build has no such result.");
  const file = await openInside(join(dir, "results"), name).catch(() => null);
  if (!file) return refuse(response, 410, "The file is not there any more.");
  try {
    const { size } = await file.stat();
    if (size !== result.size) return refuse(response, 410, "The file has changed since it was built.");
    const etag = `"${result.sha256}"`;
    const headers = { etag, "accept-ranges": "bytes", "content-type": "application/octet-stream" };
    if (names(request.headers["if-none-match"], etag)) return void response.writeHead(304, headers).end();
    const current = request.headers["if-range"] === undefined || request.headers["if-range"] === etag;
    const range = current ? parseRange(request.headers.range, size) : null;
    if (range === "unsatisfiable")
      return void response.writeHead(416, { ...headers, "content-range": `bytes */${size}` }).end();
    const { start, end } = range ?? { start: 0, end: size };
    response.writeHead(range ? 206 : 200, {
      ...headers,
      "content-length": end - start,
      ...(range ? { "content-range": `bytes ${start}-${end - 1}/${size}` } : {}),
    });
    if (request.method === "HEAD" || end === start) return void response.end();
    const stream = file.createReadStream({ start, end: end - 1, autoClose: false });
    // A reader that goes away in the middle is no event.
    await pipeline(stream, response).catch(() => undefined);
  } finally {
    await file.close();
  }
}

function names(header: string | undefined, etag: string): boolean {
  return (header ?? "").split(",").some((part) => part.trim() === etag || part.trim() === "*");
}
