import type { Config } from "#server/platform/config.ts";
import { ROLE } from "./connection.ts";

/** The address of the database: the one that was configured, else our own server's socket. */
export function databaseUrl(config: Config): string {
  return (
    config.databaseUrl ?? `postgresql://${ROLE}@/${ROLE}?host=${encodeURIComponent(config.paths.databaseSocketDir)}`
  );
}
