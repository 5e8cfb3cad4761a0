import { existsSync } from "node:fs";
import { mkdir, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "#server/platform/config.ts";
import { type User, webUser } from "#server/platform/users.ts";
import { DatabaseError, probe, waitForDatabase } from "../connection.ts";
import { databaseUrl } from "../url.ts";
import { ensureCluster, ownedFolder } from "./cluster.ts";
import { clusterFolder, databaseUser, runAs } from "./owner.ts";
import { findPrograms, type Programs } from "./programs.ts";
import { writeSettings } from "./settings.ts";

/** Seconds until a start is given up. A killed server's processes take some to leave the shared memory. */
const START_SECONDS = 60;
/** The server's log is put aside at a start when it is larger. */
const LOG_LIMIT = 10_000_000;

/**
 * Makes sure that the database answers: starts our own server where it is down, and this process is root or its owner;
 * else waits for somebody who may. Safe to call from several processes at once: the server's own lock file decides.
 * Throws DatabaseError.
 */
export async function ensureDatabase(config: Config): Promise<{ url: string }> {
  const url = databaseUrl(config);
  const user = config.databaseUrl === undefined ? await databaseUser(config) : null;
  if (user === null) await waitForDatabase(url, START_SECONDS);
  else if ((await probe(url)).state !== "up") await start(config, url, user);
  else if (!reviewed.has(config)) await reviewSettings(config, user);
  reviewed.add(config);
  return { url };
}

/** The configurations under which this process has looked at the settings of the running server. */
const reviewed = new WeakSet<Config>();

/** A server that outlived an earlier start may know other accounts than we need now. */
async function reviewSettings(config: Config, user: User): Promise<void> {
  const programs = await findPrograms(config);
  const data = join(clusterFolder(config), String(programs.major));
  await shareSocketFolder(config, user);
  if (await writeSettings(config, data, user))
    await runAs(user, join(programs.bin, "pg_ctl"), ["reload", "-D", data, "-s"]);
}

/** Only the server's own user and the web process reach the socket; root always does. */
async function shareSocketFolder(config: Config, user: User): Promise<void> {
  await ownedFolder(config.paths.databaseSocketDir, user, 0o750, (await webUser(config)).gid);
}

/** Stops our own server, ending its connections; nothing where it does not run or is somebody else's. */
export async function stopDatabase(config: Config): Promise<void> {
  const user = config.databaseUrl === undefined ? await databaseUser(config) : null;
  if (user === null || !existsSync(clusterFolder(config))) return;
  const programs = await findPrograms(config);
  const data = join(clusterFolder(config), String(programs.major));
  if (!existsSync(join(data, "postmaster.pid"))) return;
  await runAs(user, join(programs.bin, "pg_ctl"), ["stop", "-D", data, "-m", "fast", "-w", "-t", "30"]).catch(
    // A server that was killed leaves its pid file: then there is nothing to stop.
    async (error: unknown) => {
      if ((await probe(databaseUrl(config))).state === "up") throw error;
    },
  );
}

async function start(config: Config, url: string, user: User): Promise<void> {
  await mkdir(config.paths.database, { recursive: true, mode: 0o755 });
  await mkdir(config.paths.run, { recursive: true, mode: 0o755 });
  const programs = await findPrograms(config);
  const data = await ensureCluster(config, programs, user);
  await writeSettings(config, data, user);
  await shareSocketFolder(config, user);
  await startServer(programs, data, user, url);
}

/**
 * Starts the server and tries again while it cannot come up: leftovers of a killed one vanish within seconds, and
 * another process may start it at the same moment.
 */
async function startServer(programs: Programs, data: string, user: User, url: string): Promise<void> {
  const log = await freshLog(data);
  const deadline = Date.now() + START_SECONDS * 1000;
  for (;;) {
    const failure = await runAs(user, join(programs.bin, "pg_ctl"), [
      ...["start", "-D", data, "-l", log, "-w", "-t", "30", "-s"],
    ]).then(
      () => null,
      (error: unknown) => error,
    );
    const state = await probe(url);
    if (state.state === "up") return;
    if (state.state === "refused") throw new DatabaseError(`The database refuses the connection: ${state.reason}`);
    if (Date.now() >= deadline)
      throw new DatabaseError(`The database does not start. Its own words are in ${log}.`, { cause: failure });
    await sleep(250);
  }
}

async function freshLog(data: string): Promise<string> {
  const log = `${data}.log`;
  const size = await stat(log).then(
    (stats) => stats.size,
    () => 0,
  );
  if (size > LOG_LIMIT) await rename(log, `${log}.old`);
  return log;
}
