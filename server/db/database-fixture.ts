import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Config, loadConfig } from "#server/platform/config.ts";
import { ensureDatabase, stopDatabase } from "./local/index.ts";

/** A folder for a database of its own; nothing runs yet. */
export async function createPlace(): Promise<{ config: Config; remove(): Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), "database-"));
  // The database's own user must be able to pass.
  await chmod(dir, 0o755);
  const config = loadConfig({ KIWI_WORKBENCH_DATA: dir });
  return {
    config,
    async remove() {
      await stopDatabase(config);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** A running database of its own. */
export async function createServer(): Promise<{ config: Config; remove(): Promise<void> }> {
  const place = await createPlace();
  await ensureDatabase(place.config);
  return place;
}
