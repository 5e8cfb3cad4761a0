import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { promisify } from "node:util";
import type { Config } from "./config.ts";

const run = promisify(execFile);

/** An account of this machine. */
export type User = { name: string; uid: number; gid: number; home: string };

/** The unprivileged user of the web process, where the program is started as root. */
export const WEB_USER = "kiwi-workbench";

/** The user of our own PostgreSQL server, where the program is started as root. */
export const DATABASE_USER = "kiwi-workbench-db";

/** Looks an account up by name or number, through every source the machine knows; null where there is none. */
export async function findUser(nameOrUid: string | number): Promise<User | null> {
  const line = await run("getent", ["passwd", "--", String(nameOrUid)]).then(
    (result) => result.stdout,
    () => "",
  );
  const [name, , uid, gid, , home] = line.trim().split(":");
  if (name === undefined || uid === undefined || gid === undefined) return null;
  return { name, uid: Number(uid), gid: Number(gid), home: home ?? "/" };
}

/**
 * The system user of that name, created where it is missing (root only). System users have a uid below 1000, so that
 * logind leaves their shared memory alone when a session ends (RemoveIPC).
 */
export async function ensureSystemUser(name: string): Promise<User> {
  const existing = await findUser(name);
  if (existing) return existing;
  await run("useradd", [
    "--system",
    "--user-group",
    "--no-create-home",
    "--home-dir",
    "/nonexistent",
    "--shell",
    "/usr/sbin/nologin",
    name,
  ]).catch((error: unknown) => error);
  // Another process may have made it at the same moment: what counts is that it is there.
  const created = await findUser(name);
  if (!created) throw new Error(`The system user ${name} could not be created with useradd.`);
  return created;
}

/**
 * The user that the web process runs as: the one who started the program; where that is root, the owner of an existing
 * workspace, so that what the editor writes belongs to them, else a system user of our own.
 */
export async function webUser(config: Config): Promise<User> {
  const uid = process.getuid?.() ?? 0;
  const owner = uid === 0 ? await ownerOf(config.workspaceDir) : uid;
  const user = owner === 0 ? null : await findUser(owner);
  return user ?? ensureSystemUser(WEB_USER);
}

/** The uid that owns a file or folder; 0 where it does not exist. */
export async function ownerOf(path: string): Promise<number> {
  return stat(path).then(
    (stats) => stats.uid,
    () => 0,
  );
}
