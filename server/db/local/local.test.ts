import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { sql } from "kysely";
import { afterEach, expect, it } from "vitest";
import { childEnvironment } from "#server/platform/child-environment.ts";
import type { Config } from "#server/platform/config.ts";
import { findUser, webUser } from "#server/platform/users.ts";
import { probe, waitForDatabase } from "../connection.ts";
import { openDatabase } from "../database.ts";
import { createPlace } from "../database-fixture.ts";
import { databaseUrl } from "../url.ts";
import { ensureDatabase, stopDatabase } from "./index.ts";

let place: Awaited<ReturnType<typeof createPlace>>;
afterEach(() => place.remove());

const cluster = (config: Config) => join(config.paths.database, "cluster");
const postmaster = async (config: Config) =>
  Number((await readFile(join(cluster(config), "18", "postmaster.pid"), "utf8")).split("\n")[0]);

it("makes a server from nothing that nobody reaches but over its socket, and keeps what is in it", async () => {
  place = await createPlace();
  const { config } = place;
  const { url } = await ensureDatabase(config);
  const first = await openDatabase(config, { role: "cli" });
  await first.boss.send("build.x86_64", { note: "kept" });
  const { rows } = await sql`select setting from pg_settings where name = 'listen_addresses'`.execute(first.kysely);
  expect(rows).toEqual([{ setting: "" }]);
  await first.close();
  expect((await stat(cluster(config))).mode & 0o777).toBe(0o700);
  expect((await stat(config.paths.databaseSocketDir)).mode & 0o777).toBe(0o750);
  await stopDatabase(config);
  expect((await probe(url)).state).toBe("down");
  await ensureDatabase(config);
  const second = await openDatabase(config, { role: "cli" });
  expect(await second.boss.fetch("build.x86_64")).toMatchObject([{ data: { note: "kept" } }]);
  await second.close();
});

it("brings a killed server back, also when several ask for it at once", async () => {
  place = await createPlace();
  const { config } = place;
  await Promise.all([ensureDatabase(config), ensureDatabase(config), ensureDatabase(config)]);
  for (let round = 0; round < 2; round++) {
    process.kill(await postmaster(config), "SIGKILL");
    await Promise.all([ensureDatabase(config), ensureDatabase(config)]);
    await waitForDatabase(databaseUrl(config), 1);
  }
});

it("begins again after it was killed while it made the database", async () => {
  place = await createPlace();
  const { config } = place;
  const script = `
    import { loadConfig } from "#server/platform/config.ts";
    import { ensureDatabase } from "#server/db/index.ts";
    await ensureDatabase(loadConfig({ KIWI_WORKBENCH_DATA: process.argv[1] }));`;
  for (const moment of [200, 500]) {
    const starting = spawn(process.execPath, ["--input-type=module", "--eval", script, config.dataDir], {
      cwd: process.cwd(),
      detached: true,
      env: childEnvironment({ PATH: "/usr/sbin:/usr/bin:/sbin:/bin" }),
      stdio: "ignore",
    });
    await sleep(moment);
    // With its whole process group, so that initdb dies as well.
    if (starting.exitCode === null) {
      const exit = once(starting, "exit");
      process.kill(-(starting.pid ?? 0), "SIGKILL");
      await exit;
    }
  }
  await ensureDatabase(config);
  expect((await readdir(cluster(config))).sort()).toEqual(["18", "18.log"]);
  expect(await readdir(join(config.paths.database, "bin"))).toHaveLength(1);
});

it("refuses a database of another version with a clear sentence", async () => {
  place = await createPlace();
  const { config } = place;
  await ensureDatabase(config);
  await stopDatabase(config);
  await rename(join(cluster(config), "18"), join(cluster(config), "17"));
  await expect(ensureDatabase(config)).rejects.toThrow(
    /holds a database of PostgreSQL 17, but the programs are version 18/,
  );
});

it.runIf(process.getuid?.() === 0)("lets the web process in, and no other user", async () => {
  place = await createPlace();
  const { config } = place;
  const { url } = await ensureDatabase(config);
  const script = `
    import { probe } from "#server/db/connection.ts";
    process.stdout.write((await probe(process.argv[1])).state);`;
  const probeAs = async ({ uid, gid }: { uid: number; gid: number }) => {
    const args = ["--input-type=module", "--eval", script, url];
    const env = childEnvironment({ PATH: "/usr/bin:/bin" });
    return (await promisify(execFile)(process.execPath, args, { uid, gid, env })).stdout;
  };
  const web = await webUser(config);
  expect(await probeAs(web)).toBe("up");
  const nobody = await findUser("nobody");
  expect(nobody && (await probeAs(nobody))).toBe("refused");
  // Also with the group that opens the socket's folder: the kernel tells the server who it is.
  expect(nobody && (await probeAs({ uid: nobody.uid, gid: web.gid }))).toBe("refused");
});

it("can be opened for the first time by several processes at once", async () => {
  place = await createPlace();
  const { config } = place;
  await ensureDatabase(config);
  const opened = await Promise.all([1, 2, 3, 4].map(() => openDatabase(config, { role: "cli" })));
  await Promise.all(opened.map((db) => db.close()));
});
