import { hostArchitecture } from "#server/kiwi/index.ts";
import { ConfigError, loadConfig } from "#server/platform/config.ts";
import { createLogger } from "#server/platform/logger.ts";
import { DoorTakenError, openDoor } from "./door/server.ts";
import { Drives } from "./drive/drive.ts";
import { LogDesk } from "./log/desk.ts";
import { PackageDesk } from "./packages/package-desk.ts";
import { createBuilder } from "./service.ts";

// The builder daemon: `node server/builder/main.ts`. Ends on SIGTERM and SIGINT; builds that run go on without it.

const log = createLogger("builder");

try {
  const config = loadConfig();
  const logs = new LogDesk(config.paths.builds);
  const builder = createBuilder(config, logs.library, log);
  // The door comes first: it is also what keeps a second daemon from taking the same builds.
  const drives = new Drives();
  const { proxy, paths, packageListBytes: limit } = config;
  const lists = { folder: paths.packageLists, limit, architecture: hostArchitecture(), proxy };
  const packages = limit === 0 ? null : new PackageDesk(lists);
  const door = await openDoor(config, { builder, logs, drives, packages }, log);
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => builder.stop());
  log.info("The builder is up", { socket: config.paths.builderSocket });
  await builder.run();
  drives.close();
  door.close();
  door.closeAllConnections();
  await logs.close();
  await packages?.close();
  log.info("The builder has stopped; running builds go on");
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof DoorTakenError)) throw error;
  log.error(error.message);
  process.exitCode = 1;
}
