import { type Database, DatabaseError, openDatabase } from "#server/db/index.ts";
import { type Config, loadConfig } from "#server/platform/config.ts";
import { type BuilderClient, createBuilderClient } from "./builder-client.ts";
import { Clones } from "./clones.ts";
import { KiwiLanguage } from "./kiwi-language.ts";
import { ScriptChecker } from "./script-checker.ts";
import { SessionCache } from "./session-cache.ts";

/** What the procedures work with. */
export interface Services {
  config: Config;
  builder: BuilderClient;
  language: KiwiLanguage;
  scripts: ScriptChecker;
  sessions: SessionCache;
  clones: Clones;
  /** The open database; while it cannot be reached this throws, and the next call tries again. */
  database(): Promise<Database>;
  close(): Promise<void>;
}

export function createServices(config: Config): Services {
  const builder = createBuilderClient(config.paths.builderSocket);
  let opening: Promise<Database> | undefined;
  const database = () => {
    // A request does not wait long: the browser asks again by itself, and says meanwhile what is going on.
    opening ??= openDatabase(config, { role: "web", waitSeconds: 5 }).catch((error: unknown) => {
      opening = undefined;
      throw error instanceof DatabaseError
        ? error
        : new DatabaseError("The database cannot be opened.", { cause: error });
    });
    return opening;
  };
  return {
    config,
    builder,
    language: new KiwiLanguage(builder),
    scripts: new ScriptChecker(config.searchPath),
    sessions: new SessionCache(database),
    clones: new Clones(),
    database,
    async close() {
      await Promise.all([builder.close(), opening?.then((open) => open.close())]);
    },
  };
}

const key = Symbol.for("kiwi-workbench.web.services");
type Global = typeof globalThis & { [key]?: Services };

/** The services of this process: one set, however often the bundler and hot reload load this module. */
export function services(): Services {
  const global: Global = globalThis;
  global[key] ??= createServices(loadConfig());
  return global[key];
}

/** Lets this process work with other services than those of its environment. */
export function provideServices(other: Services): void {
  const global: Global = globalThis;
  global[key] = other;
}
