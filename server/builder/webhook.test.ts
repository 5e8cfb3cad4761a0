import { createHmac } from "node:crypto";
import { createServer as createHttpServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createServer } from "#server/db/database-fixture.ts";
import { type Database, openDatabase, requestCancel, submitBuild } from "#server/db/index.ts";
import { createLogger } from "#server/platform/logger.ts";
import { createWebhook } from "./webhook.ts";

let server: Awaited<ReturnType<typeof createServer>>;
let db: Database;
let receiver: Server;
const received: { body: string; headers: Record<string, unknown> }[] = [];
let answer = 204;
beforeAll(async () => {
  server = await createServer();
  db = await openDatabase(server.config, { role: "cli" });
  receiver = createHttpServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      received.push({ body, headers: request.headers });
      response.writeHead(answer).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  receiver.close();
  await db.close();
  await server.remove();
});

/** A build that ends at once. */
async function endedBuild(): Promise<string> {
  const { id } = await submitBuild(db, {
    request: { description: "a/config.xml", profiles: [] },
    ...{ snapshot: "0".repeat(64), imageName: "a", imageVersion: "1", requestedBy: "admin", architecture: "x86_64" },
  });
  await requestCancel(db, id);
  return id;
}

it("tells of each end once, in order, signed, and again where it was not taken", async () => {
  const address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  const webhook = { address, secret: "correct horse" };
  const pass = (now: number) => createWebhook(webhook, createLogger("test"))(db, now);
  await endedBuild();
  await pass(0);
  // What was before the first look is no news.
  expect(received).toEqual([]);

  const ids = [await endedBuild(), await endedBuild()];
  answer = 500;
  await pass(10_000);
  expect(received).toHaveLength(1);
  answer = 204;
  await pass(20_000);
  await pass(30_000);
  const told = received.slice(1).map(({ body }) => JSON.parse(body) as { build: { id: string; state: string } });
  expect(told.map(({ build }) => [build.id, build.state])).toEqual(ids.map((id) => [id, "cancelled"]));
  expect(received[0]?.headers["x-kiwi-workbench-delivery"]).toBe(received[1]?.headers["x-kiwi-workbench-delivery"]);
  for (const { body, headers } of received)
    expect(headers["x-kiwi-workbench-signature"]).toBe(
      `sha256=${createHmac("sha256", webhook.secret).update(body).digest("hex")}`,
    );
});

it("waits longer and longer where nobody answers, and stays whole", async () => {
  const pass = createWebhook({ address: "http://127.0.0.1:1/" }, createLogger("test"));
  await endedBuild();
  await pass(db, 100_000);
  await expect(pass(db, 100_001)).resolves.toBeUndefined();
});
