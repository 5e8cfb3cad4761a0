import { existsSync } from "node:fs";
import { chmod, chown, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { syncFolder } from "#server/platform/atomic-file.ts";
import type { Config } from "#server/platform/config.ts";
import type { User } from "#server/platform/users.ts";
import { DatabaseError, ROLE } from "../connection.ts";
import { clusterFolder, runAs } from "./owner.ts";
import type { Programs } from "./programs.ts";
import { scratchName, sweepScratch } from "./scratch.ts";

/**
 * The data folder of our server for this major version, made where it is missing. It is made aside and renamed, because
 * an initdb that is killed midway leaves a folder that looks finished and is not. Throws DatabaseError.
 */
export async function ensureCluster(config: Config, programs: Programs, user: User): Promise<string> {
  const folder = clusterFolder(config);
  await ownedFolder(folder, user, 0o700);
  const data = join(folder, String(programs.major));
  if (!existsSync(data)) {
    await refuseOtherVersions(folder, programs.major);
    await create(folder, data, programs, user);
  }
  const version = Number(await readFile(join(data, "PG_VERSION"), "utf8"));
  if (version !== programs.major)
    throw new DatabaseError(`${data} was made by PostgreSQL ${version}, but the programs are ${programs.major}.`);
  return data;
}

async function create(folder: string, data: string, programs: Programs, user: User): Promise<void> {
  await sweepScratch(folder);
  const scratch = join(folder, scratchName(String(programs.major)));
  const options = ["--username", ROLE, "--encoding", "UTF8", "--no-locale", "--auth", "peer", "--pgdata", scratch];
  try {
    await runAs(user, join(programs.bin, "initdb"), options);
    const single = ["--single", "-D", scratch, "postgres"];
    await runAs(user, join(programs.bin, "postgres"), single, `create database ${ROLE};\n`);
    await rename(scratch, data);
    await syncFolder(folder);
  } catch (error) {
    await rm(scratch, { recursive: true, force: true });
    // Another process may have been quicker; then its cluster is as good as ours.
    if (!existsSync(data)) throw error;
  }
}

async function refuseOtherVersions(folder: string, major: number): Promise<void> {
  const others = (await readdir(folder)).filter((name) => /^\d+$/.test(name));
  if (others.length > 0)
    throw new DatabaseError(
      `${folder} holds a database of PostgreSQL ${others.join(", ")}, but the programs are version ${major}. ` +
        `Set PG_BIN to the programs of version ${others.at(-1)}, or move ${folder} away to begin with an empty database.`,
    );
}

/** A folder of that user. Only root can give folders away; everybody else makes their own. */
export async function ownedFolder(path: string, user: User, mode: number, gid = user.gid): Promise<void> {
  await mkdir(path, { recursive: true });
  if (process.getuid?.() === 0) await chown(path, user.uid, gid);
  await chmod(path, mode);
}
