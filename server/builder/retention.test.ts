import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createServer } from "#server/db/database-fixture.ts";
import {
  claimNext,
  type Database,
  eventsAfter,
  getBuild,
  markRunning,
  openDatabase,
  setKept,
  settle,
  submitBuild,
} from "#server/db/index.ts";
import { createLogger } from "#server/platform/logger.ts";
import { createRetention } from "./retention.ts";

let server: Awaited<ReturnType<typeof createServer>>;
let db: Database;
beforeAll(async () => {
  server = await createServer();
  db = await openDatabase(server.config, { role: "cli" });
});
afterAll(async () => {
  await db.close();
  await server.remove();
});

/** A good build, with its files. */
async function build(): Promise<{ id: string; image: string; log: string }> {
  const { id } = await submitBuild(db, {
    request: { description: "a/config.xml", profiles: [] },
    ...{ snapshot: "0".repeat(64), imageName: "a", imageVersion: "1", requestedBy: "admin", architecture: "x86_64" },
  });
  const claim = await claimNext(db, "one", ["x86_64"]);
  const facts = { command: ["kiwi-ng"], runtime: "namespaces", kiwiVersion: "11.1.6", startedAt: new Date() } as const;
  await markRunning(db, claim!, { ...facts, command: [...facts.command] });
  const results = [{ key: "disk_image", name: "a.raw", size: 1, sha256: "00" }];
  const end = { outcome: "succeeded", reason: null, exitCode: 0, logBytes: 0, logSha256: "", warnings: [], phases: [] };
  await settle(db, claim!, { ...end, outcome: "succeeded", results });
  const dir = join(server.config.paths.builds, id, "0");
  await mkdir(join(dir, "results"), { recursive: true });
  await writeFile(join(dir, "results/a.raw"), "x");
  await writeFile(join(dir, "build.log"), "x");
  return { id, image: join(dir, "results/a.raw"), log: join(dir, "build.log") };
}

it("removes old results, and says so, but not those that are marked or the newest", async () => {
  const [marked, old, newest] = [await build(), await build(), await build()];
  expect(await setKept(db, marked.id, true)).toBe(true);
  const config = { ...server.config, retention: { days: null, count: 1, bytes: null } };
  const pass = createRetention(config, createLogger("test"));
  await pass(db);
  expect([marked, old, newest].map(({ image }) => existsSync(image))).toEqual([true, false, true]);
  expect(existsSync(old.log)).toBe(true);
  expect(await getBuild(db, old.id)).toMatchObject({
    removed: { reason: "Of each image the results of 1 build are kept." },
    results: [{ name: "a.raw" }],
  });
  // Pages that show it hear of it.
  expect((await eventsAfter(db, old.id, 0)).map(({ state }) => state).slice(-2)).toEqual(["succeeded", "succeeded"]);
  expect(await setKept(db, old.id, true)).toBe(false);
});
