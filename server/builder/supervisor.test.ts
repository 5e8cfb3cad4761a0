import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createServer } from "#server/db/database-fixture.ts";
import { claimNext, type Database, openDatabase, submitBuild } from "#server/db/index.ts";
import { createSupervisor } from "./supervisor.ts";

let server: Awaited<ReturnType<typeof createServer>>;
let db: Database;

beforeAll(async () => {
  server = await createServer();
  db = await openDatabase(server.config, { role: "builder" });
});
afterAll(async () => {
  await db.close();
  await server.remove();
});

it("hands out a silent builder's build, but only after a calm time", async () => {
  // The database must have been up for long as well, which nobody can wait for here.
  await sql`create function public.pg_postmaster_start_time() returns timestamptz
    language sql as $$ select now() - interval '1 day' $$`.execute(db.kysely);
  await sql`alter role kiwi_workbench set search_path = public, pg_catalog`.execute(db.kysely);
  await db.close();
  db = await openDatabase(server.config, { role: "builder" });
  await submitBuild(db, {
    request: { description: "a/config.xml", profiles: [] },
    snapshot: "0".repeat(64),
    imageName: null,
    imageVersion: null,
    requestedBy: "admin",
    architecture: "x86_64",
  });
  const claimed = await claimNext(db, "silent", ["x86_64"]);
  await sql`update pgboss.job set heartbeat_on = now() - interval '5 minutes'`.execute(db.kysely);
  const state = async () => (await db.boss.findJobs("build.x86_64", { id: claimed?.id ?? "" }))[0]?.state;

  let now = 1_000_000;
  const supervisor = createSupervisor(() => now);
  const pass = async (seconds: number) => {
    for (let passed = 0; passed < seconds; passed += 10) {
      now += 10_000;
      await supervisor.pass(db);
    }
  };
  await pass(80);
  expect(await state()).toBe("active");
  supervisor.trouble();
  await pass(80);
  expect(await state()).toBe("active");
  // The clock is set back by a day, which is no reason to wait for a day.
  now -= 86_400_000;
  await pass(80);
  expect(await state()).toBe("active");
  // As if this machine had slept for an hour.
  now += 3_600_000;
  await pass(80);
  expect(await state()).toBe("active");
  await pass(20);
  expect(await state()).toBe("retry");
});
