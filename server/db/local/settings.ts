import { chown, readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomic } from "#server/platform/atomic-file.ts";
import type { Config } from "#server/platform/config.ts";
import { type User, webUser } from "#server/platform/users.ts";
import { ROLE } from "../connection.ts";

const MAP = "kiwi_workbench";

/**
 * Writes the server's three configuration files. No TCP, no passwords: who connects is told by the kernel (peer), and
 * the map names the few accounts that may. Returns whether anything has changed.
 */
export async function writeSettings(config: Config, data: string, user: User): Promise<boolean> {
  const files = {
    "postgresql.conf": settings(config),
    "pg_hba.conf": `local all all peer map=${MAP}\n`,
    "pg_ident.conf": (await accounts(config, user)).map((name) => `${MAP} ${quoted(name)} ${ROLE}\n`).join(""),
  };
  let changed = false;
  for (const [name, text] of Object.entries(files)) {
    const path = join(data, name);
    if ((await readFile(path, "utf8")) === text) continue;
    await writeFileAtomic(path, text, 0o600);
    if (process.getuid?.() === 0) await chown(path, user.uid, user.gid);
    changed = true;
  }
  return changed;
}

function settings(config: Config): string {
  const socketDir = config.paths.databaseSocketDir.replaceAll('"', '""').replaceAll("'", "''");
  return [
    "listen_addresses = ''",
    `unix_socket_directories = '"${socketDir}"'`,
    "max_connections = 60",
    "shared_buffers = 32MB",
    "max_wal_size = 256MB",
    "timezone = 'UTC'",
    "log_timezone = 'UTC'",
    "log_min_messages = warning",
    "log_checkpoints = off",
    "log_line_prefix = '%m [%p] '",
    "",
  ].join("\n");
}

async function accounts(config: Config, user: User): Promise<string[]> {
  const names = new Set(["root", user.name, (await webUser(config)).name]);
  return [...names].sort((one, other) => (one < other ? -1 : 1));
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
