import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  buildsBefore,
  changesAfter,
  eventsAfter,
  getBuild,
  lastBuilds,
  listBuilds,
  requestCancel,
  submitBuild,
} from "./builds.ts";
import { type Claim, claimNext, claimsOf, markRunning, type Settlement, settle, touch } from "./claims.ts";
import { type Database, openDatabase } from "./database.ts";
import { createServer } from "./database-fixture.ts";
import { inTransaction } from "./queue.ts";

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
beforeEach(async () => {
  await sql`truncate build, build_event, pgboss.job`.execute(db.kysely);
});

const submit = (description = "debian/config.xml") =>
  submitBuild(db, {
    request: { description, profiles: ["Live"], type: "oem" },
    snapshot: "0".repeat(64),
    imageName: "debian",
    imageVersion: "1.0.0",
    requestedBy: "admin",
    architecture: "x86_64",
  });
const claim = (builder = "one") => claimNext(db, builder, ["x86_64", "i686"]);
const success: Settlement = {
  outcome: "succeeded",
  reason: null,
  exitCode: 0,
  logBytes: 3_000_000_000,
  logSha256: "0".repeat(64),
  warnings: [],
  phases: [],
  results: [{ key: "disk_image", name: "image.raw", size: 5_000_000_000, sha256: "1".repeat(64) }],
};
const run = async (claimed: Claim | null) => {
  if (!claimed) throw new Error("nothing was claimed");
  await markRunning(db, claimed, {
    command: ["kiwi-ng"],
    runtime: "namespaces",
    kiwiVersion: "11.1.6",
    startedAt: new Date(),
  });
  return claimed;
};
/** What the queue's supervisor does to a job whose builder is silent. */
const giveUp = (id: string) => sql`update pgboss.job set state = 'retry' where id = ${id}`.execute(db.kysely);

describe("builds in the database", () => {
  it("lets a build be cancelled at the very moment when a builder claims it", async () => {
    const { id } = await submit();
    let cancelled: Promise<unknown> = Promise.resolve();
    // What a claim does, in its order: the queue's row first, then the build's.
    await db.kysely.transaction().execute(async (transaction) => {
      await db.boss.fetch("build.x86_64", inTransaction(transaction));
      cancelled = requestCancel(db, id);
      await sleep(200);
      await sql`select 1 from build where id = ${id} for update`.execute(transaction);
    });
    await cancelled;
    expect((await getBuild(db, id))?.state).toBe("cancelled");
    expect(await claim()).toBeNull();
  });

  it("records a build and queues it, both or neither", async () => {
    const build = await submit();
    expect(build).toMatchObject({ state: "queued", profiles: ["Live"], type: "oem", eventSeq: 1 });
    const before = await listBuilds(db, { limit: 10 });
    // A queue that does not exist refuses the job after the record was written.
    await expect(
      submitBuild(db, {
        request: { description: "x", profiles: [] },
        snapshot: "",
        imageName: null,
        imageVersion: null,
        requestedBy: "admin",
        architecture: "vax",
      }),
    ).rejects.toThrow();
    expect(await listBuilds(db, { limit: 10 })).toEqual(before);
  });

  it("lists builds from the newest on, page by page, and the last of each description", async () => {
    const builds = [await submit("a/config.xml"), await submit("b/config.xml"), await submit("a/config.xml")];
    const newest = builds.map(({ id }) => id).reverse();
    const page = await listBuilds(db, { limit: 2 });
    expect(page.map(({ id }) => id)).toEqual(newest.slice(0, 2));
    const rest = await listBuilds(db, { limit: 2, before: newest[1] ?? "" });
    expect(rest.map(({ id }) => id)).toEqual(newest.slice(2));
    expect(await listBuilds(db, { limit: 9, description: "b/config.xml" })).toHaveLength(1);
    const last = await lastBuilds(db, ["a/config.xml", "b/config.xml", "c/config.xml"]);
    expect(last.size).toBe(2);
    expect(last.get("a/config.xml")?.id).toBe(newest[0]);
    expect(last.get("b/config.xml")?.id).toBe(newest[1]);
  });

  it("tells how many builds come before one that waits", async () => {
    const [first, second] = [await submit(), await submit()];
    expect(await Promise.all([first, second].map((build) => buildsBefore(db, build)))).toEqual([0, 1]);
    await claim();
    expect(await buildsBefore(db, second)).toBe(0);
  });

  it("gives every build to exactly one of many builders", async () => {
    const submitted = await Promise.all(Array.from({ length: 12 }, () => submit()));
    const takeAll = async (builder: string) => {
      const taken: string[] = [];
      for (let next = await claim(builder); next; next = await claim(builder)) taken.push(next.id);
      return taken;
    };
    const taken = (await Promise.all(["one", "two", "three"].map(takeAll))).flat();
    expect(taken.sort()).toEqual(submitted.map(({ id }) => id).sort());
  });

  it("records an end once, with numbers beyond 32 bits", async () => {
    await submit();
    const claimed = await run(await claim());
    expect(await settle(db, claimed, success)).toBe(true);
    expect(await settle(db, claimed, { ...success, outcome: "failed" })).toBe(false);
    const build = await getBuild(db, claimed.id);
    expect(build).toMatchObject({ state: "succeeded", logBytes: 3_000_000_000, results: success.results });
    expect(build?.endedAt).not.toBeNull();
    expect(await claim()).toBeNull();
  });

  it("keeps a builder out that lost its claim", async () => {
    await submit();
    const lost = await run(await claim("one"));
    await giveUp(lost.id);
    const taken = await claim("two");
    expect(taken).toMatchObject({ id: lost.id, retryCount: 1, build: { state: "running" } });
    expect(await settle(db, lost, success)).toBe(false);
    expect(await claimsOf(db, "one")).toEqual([]);
    expect(await claimsOf(db, "two")).toHaveLength(1);
    expect(taken && (await settle(db, taken, { ...success, outcome: "interrupted" }))).toBe(true);
    expect(await getBuild(db, lost.id)).toMatchObject({ state: "interrupted" });
  });

  it("takes the end from whoever has the claim, and then never hands the build out again", async () => {
    await submit();
    const claimed = await run(await claim());
    await giveUp(claimed.id);
    expect(await settle(db, claimed, success)).toBe(true);
    expect(await claim("two")).toBeNull();
  });

  it("keeps a build alive by touching it", async () => {
    await submit();
    const claimed = await run(await claim());
    await sql`update pgboss.job set heartbeat_on = now() - interval '50 seconds'`.execute(db.kysely);
    await touch(db, [claimed]);
    const [job] = await db.boss.findJobs("build.x86_64", { id: claimed.id });
    expect(job?.state).toBe("active");
    const { rows } = await sql<{ age: number }>`
      select extract(epoch from now() - heartbeat_on)::float8 as age from pgboss.job`.execute(db.kysely);
    expect(rows[0]?.age).toBeLessThan(40);
  });

  it("cancels what waits at once, and what runs when its builder has ended it", async () => {
    const waiting = await submit();
    expect(await requestCancel(db, waiting.id)).toMatchObject({ state: "cancelled", reason: expect.any(String) });
    expect(await claim()).toBeNull();
    await submit();
    const claimed = await run(await claim());
    expect(await requestCancel(db, claimed.id)).toMatchObject({ state: "cancelling", endedAt: null });
    expect(await settle(db, claimed, { ...success, outcome: "cancelled" })).toBe(true);
    expect(await getBuild(db, claimed.id)).toMatchObject({ state: "cancelled" });
    expect(await requestCancel(db, "01900000-0000-7000-8000-000000000000")).toBeNull();
  });

  it("numbers the events of each build without gaps, and all of them in the order of their commits", async () => {
    const seen: number[] = [];
    let reading = Promise.resolve();
    const stop = db.onNotify(() => {
      reading = reading.then(async () => {
        for (const { position } of await changesAfter(db, seen.at(-1) ?? 0)) seen.push(position);
      });
    });
    const oneBuild = async () => {
      await submit();
      const claimed = await run(await claim());
      await settle(db, claimed, success);
    };
    await Promise.all(Array.from({ length: 10 }, oneBuild));
    const last = 40;
    await expect.poll(() => seen.at(-1), { timeout: 10_000 }).toBe(last);
    await reading;
    stop();
    expect(seen).toEqual(Array.from({ length: last }, (_, index) => index + 1));
    for (const { id } of await listBuilds(db, { limit: 50 }))
      expect((await eventsAfter(db, id, 0)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  });
});
