import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { childEnvironment } from "#server/platform/child-environment.ts";
import type { Config } from "#server/platform/config.ts";
import { DATABASE_USER, ensureSystemUser, findUser, ownerOf, type User } from "#server/platform/users.ts";
import { DatabaseError } from "../connection.ts";

/** Where all versions of our database lie; only its user may look in. */
export function clusterFolder(config: Config): string {
  return join(config.paths.database, "cluster");
}

/**
 * The user that our server runs as: who owns the database already; for a new one the owner of the data folder where
 * that is not root, else a system user of its own, because the server refuses to run as root. Null where this process
 * may not start programs as that user.
 */
export async function databaseUser(config: Config): Promise<User | null> {
  const me = process.getuid?.() ?? 0;
  const owner = (await ownerOf(clusterFolder(config))) || (await ownerOf(config.dataDir));
  if (me !== 0) return owner === me || owner === 0 ? findUser(me) : null;
  return owner === 0 ? ensureSystemUser(DATABASE_USER) : findUser(owner);
}

/**
 * Runs one of the server's programs as its user with an environment of its own, and gives back its output.
 * Throws DatabaseError with what the program said.
 */
export async function runAs(user: User, program: string, args: readonly string[], input?: string): Promise<string> {
  const running = promisify(execFile)(program, args, {
    // A folder that every user can enter: the server's programs give up in one that they cannot read.
    cwd: "/",
    env: childEnvironment({ PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" }),
    ...(process.getuid?.() === 0 ? { uid: user.uid, gid: user.gid } : {}),
  });
  // A program that has ended already has no input any more; how it ended is told below.
  running.child.stdin?.on("error", () => undefined);
  running.child.stdin?.end(input ?? "");
  try {
    return (await running).stdout;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EACCES")
      throw new DatabaseError(
        `The user ${user.name} cannot reach ${program}: every folder above it must let other users pass (chmod o+x).`,
      );
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    throw new DatabaseError(`${program} failed: ${said || String(error)}`, { cause: error });
  }
}
