import { once } from "node:events";
import { appendFile, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { endUnstarted } from "../ends.ts";
import { sendLog } from "./log-route.ts";

let dir: string;
let server: Server;
/** The answer that is being sent, and what became of it. */
let sending: { response: ServerResponse; done: Promise<void> };

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "log-route-"));
  server = createServer((request, response) => {
    const query = new URL(request.url ?? "", "http://door").searchParams;
    const done = sendLog(response, dir, {
      from: Number(query.get("from")),
      to: Number(query.get("to") ?? Number.MAX_SAFE_INTEGER),
      follow: query.get("follow") === "1",
    });
    done.catch(() => response.destroy());
    sending = { response, done };
  });
  server.listen(join(dir, "sock"));
  await once(server, "listening");
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(dir, { recursive: true });
});

const log = () => join(dir, "build.log");
const ask = (query: string) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    get({ socketPath: join(dir, "sock"), path: `/?${query}` }, resolve).once("error", reject);
  });
const text = async (stream: IncomingMessage) => {
  let all = "";
  for await (const chunk of stream.setEncoding("utf8")) all += chunk;
  return all;
};
/** Reads on until the text ends so. */
const readTo = async (stream: AsyncIterator<string>, ending: string) => {
  let all = "";
  while (!all.endsWith(ending)) {
    const { value, done } = await stream.next();
    if (done) throw new Error(`The stream ended after ${JSON.stringify(all)}.`);
    all += value;
  }
  return all;
};

it("sends what is there from a position on, and says that more may come", async () => {
  await writeFile(log(), "0123456789");
  const answer = await ask("from=4&follow=0");
  expect(answer.headers["x-log-complete"]).toBeUndefined();
  expect(await text(answer)).toBe("456789");
  expect(await text(await ask("from=4&to=7&follow=0"))).toBe("456");
});

it("follows a log from before its first byte to its end, every byte once", async () => {
  const answer = await ask("from=0&follow=1");
  const chunks = answer.setEncoding("utf8")[Symbol.asyncIterator]() as AsyncIterator<string>;
  let expected = "";
  for (let number = 0; number < 50; number++) {
    await appendFile(log(), `line ${number}\n`);
    expected += `line ${number}\n`;
    if (number % 10 === 0) expect(await readTo(chunks, `line ${number}\n`)).toContain("line");
  }
  await endUnstarted(dir, "failed", "over");
  await readTo(chunks, "line 49\n");
  expect((await chunks.next()).done).toBe(true);
  const again = await ask("from=0&follow=1");
  expect(again.headers["x-log-complete"]).toBe("1");
  expect(await text(again)).toBe(expected);
});

it("keeps little in memory for a reader who does not read", async () => {
  await writeFile(log(), Buffer.alloc(20_000_000, "x"));
  const answer = await ask("from=0&follow=0");
  await sleep(100);
  expect(sending.response.writableLength).toBeLessThan(1_000_000);
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) bytes += chunk.length;
  expect(bytes).toBe(20_000_000);
});

it("stops when the reader goes away", async () => {
  await writeFile(log(), "something");
  const answer = await ask("from=0&follow=1");
  await once(answer, "data");
  answer.destroy();
  await sending.done;
});

it("does not follow a link that a build put in the place of its log", async () => {
  const outside = await mkdtemp(join(tmpdir(), "outside-"));
  await writeFile(join(outside, "secret"), "secret");
  await symlink(join(outside, "secret"), log());
  await expect(ask("from=0&follow=0")).rejects.toThrow();
  await rm(outside, { recursive: true });
});
