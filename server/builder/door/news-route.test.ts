import { once } from "node:events";
import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { LogNews } from "#lib/contracts/log.ts";
import { endUnstarted } from "../ends.ts";
import { LogLibrary } from "../log/library.ts";
import { sendNews } from "./news-route.ts";

let dir: string;
let server: Server;
let library: LogLibrary;
let response: ServerResponse;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "news-route-"));
  library = new LogLibrary();
  server = createServer((request, answer) => {
    response = answer;
    const from = Number(new URL(request.url ?? "", "http://door").searchParams.get("from"));
    const follow = !request.url?.includes("stored");
    sendNews(answer, library, dir, { from, follow }).catch(() => answer.destroy());
  });
  server.listen(join(dir, "sock"));
  await once(server, "listening");
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await library.close();
  await rm(dir, { recursive: true });
});

const log = () => join(dir, "build.log");
const ask = (from = 0, more = "") =>
  new Promise<IncomingMessage>((resolve, reject) => {
    get({ socketPath: join(dir, "sock"), path: `/?from=${from}${more}` }, resolve).once("error", reject);
  });
async function* news(stream: IncomingMessage): AsyncGenerator<LogNews> {
  for await (const line of createInterface({ input: stream })) yield JSON.parse(line) as LogNews;
}

it("tells every line once and in order, from before the first to the end, and goes on at a position", async () => {
  const lines = Array.from({ length: 150 }, (_, at) => `line ${at}`);
  const writing = (async () => {
    await sleep(50);
    for (const line of lines) await appendFile(log(), `${line}\n`);
    await endUnstarted(dir, "failed", "over");
  })();
  const seen: string[] = [];
  let position = 0;
  for (let cut = 0; ; cut++) {
    const stream = await ask(position);
    let pieces = 0;
    let complete = false;
    for await (const { summary, rows } of news(stream)) {
      for (const { number, text } of rows) if (number <= summary.lines) seen[number - 1] = text;
      position = summary.bytes;
      complete = summary.complete !== null;
      // The connection is lost again and again.
      if (!complete && ++pieces === 2) break;
    }
    stream.destroy();
    if (complete) break;
    expect(cut).toBeLessThan(1000);
  }
  await writing;
  expect(seen).toEqual(lines);
});

it("of a burst it brings the newest lines, and says how many there are", async () => {
  await writeFile(log(), "old\n".repeat(100_000));
  await endUnstarted(dir, "failed", "over");
  const all: LogNews[] = [];
  for await (const one of news(await ask())) all.push(one);
  expect(all.at(-1)?.summary).toMatchObject({ lines: 100_000, bytes: 400_000, complete: { bytes: 400_000 } });
  expect(all.at(-1)?.rows.length).toBeLessThanOrEqual(200);
  expect(all.flatMap(({ rows }) => rows).at(-1)?.number).toBe(100_000);
});

it("keeps little for a reader who does not read, however much is written", async () => {
  await writeFile(log(), "");
  const stream = await ask();
  for (let round = 0; round < 60; round++) {
    await appendFile(log(), `${"x".repeat(3000)}\n`.repeat(200));
    await sleep(20);
  }
  expect(response.writableLength).toBeLessThan(2_000_000);
  await endUnstarted(dir, "failed", "over");
  let last: LogNews | undefined;
  for await (const one of news(stream)) last = one;
  expect(last?.summary.lines).toBe(12_000);
});

it("whoever has read everything is still told that it is complete, with the checksum, when the attempt ends", async () => {
  await writeFile(log(), "one\ntwo\n");
  // Its index knows all lines, but not yet that nothing more comes.
  for await (const { summary } of news(await ask(0, "&stored")))
    expect(summary).toMatchObject({ lines: 2, complete: null });
  await endUnstarted(dir, "failed", "over");
  const told: LogNews[] = [];
  for await (const one of news(await ask(8, "&stored"))) told.push(one);
  expect(told.at(-1)?.summary.complete).toEqual({ bytes: 8, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
});
