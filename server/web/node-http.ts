import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";

/** A request of Node's own HTTP server in the form that the handlers take. Its signal tells that the reader has left. */
export function toRequest(request: IncomingMessage, response: ServerResponse): Request {
  const left = new AbortController();
  response.once("close", () => left.abort());
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  // The address is not used for anything but its path: who asks for which host has been checked before.
  const url = new URL(request.url ?? "/", "http://localhost");
  return new Request(url, { method: request.method ?? "GET", headers, signal: left.signal });
}

/** Sends an answer with all its headers, no faster than its reader takes it. */
export async function sendResponse(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Response,
): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (request.method === "HEAD" || !answer.body) {
    await answer.body?.cancel();
    response.end();
    return;
  }
  // A reader that goes away in the middle, or a builder that does, is seen by both ends as a broken transfer.
  await pipeline(Readable.fromWeb(answer.body as ReadableStream), response).catch(() => response.destroy());
}
