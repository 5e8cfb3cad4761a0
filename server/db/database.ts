import { Kysely, PostgresDialect, sql } from "kysely";
import { Migrator } from "kysely/migration";
import pg from "pg";
import { PgBoss } from "pg-boss";
import type { Config } from "#server/platform/config.ts";
import { createLogger } from "#server/platform/logger.ts";
import { DatabaseError, waitForDatabase } from "./connection.ts";
import { type Notice, startListener } from "./listener.ts";
import { migrations } from "./migrations.ts";
import { createQueues } from "./queue.ts";
import type { Tables } from "./schema.ts";
import { databaseUrl } from "./url.ts";

/** An open database: a small pool of connections, the queue on it, and the bell. */
export type Database = {
  kysely: Kysely<Tables>;
  boss: PgBoss;
  /** Calls the handler for every change of a build, and with null after each reconnection. Returns the way to stop. */
  onNotify(handler: (notice: Notice) => void): () => void;
  close(): Promise<void>;
};

/** Connections of one process; the local server has room for a dozen such processes. */
const POOL_SIZE = 4;

/**
 * Connects, waiting up to `waitSeconds` for a server that is about to come up, and brings the tables to this version.
 * A server that goes away later costs the requests of that moment; the next ones connect anew.
 * Throws DatabaseError.
 */
export async function openDatabase(
  config: Config,
  { role, waitSeconds = 60 }: { role: "web" | "builder" | "cli"; waitSeconds?: number },
): Promise<Database> {
  const log = createLogger(`${role}/db`);
  const url = databaseUrl(config);
  await waitForDatabase(url, waitSeconds);
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: 10_000,
    application_name: `kiwi-workbench ${role}`,
  });
  // Without these listeners a restart of the server would end this process.
  pool.on("error", (error) => log.warn("An idle database connection was lost", { error: error.message }));
  pool.on("connect", (client) => client.on("error", () => undefined));
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values) },
    supervise: false,
    schedule: false,
  });
  boss.on("error", (error) => log.warn("The queue reports an error", { error: error.message }));
  const handlers = new Set<(notice: Notice) => void>();
  let listener: ReturnType<typeof startListener> | undefined;
  const database: Database = {
    kysely,
    boss,
    onNotify(handler) {
      handlers.add(handler);
      // The first reader opens the listening connection; later ones are told at once, as after a reconnection.
      if (listener) handler(null);
      else listener = startListener(url, (notice) => handlers.forEach((each) => void each(notice)), log);
      return () => handlers.delete(handler);
    },
    async close() {
      await listener?.close();
      await boss.stop({ graceful: false, close: false }).catch(() => undefined);
      await kysely.destroy();
    },
  };
  try {
    await migrate(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Any number that nobody else uses for an advisory lock in this database. */
const MIGRATION_LOCK = 5_494_416;

/**
 * Brings our tables, the queue's and the queues themselves to this version. Safe to run from several processes at once:
 * the queue's own installation is not, so all of it happens under a lock.
 */
export async function migrate({ kysely, boss }: Pick<Database, "kysely" | "boss">): Promise<void> {
  await kysely.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`.execute(connection);
    try {
      await runMigrations(kysely);
      await boss.start();
      await createQueues(boss);
    } finally {
      await sql`select pg_advisory_unlock(${MIGRATION_LOCK})`.execute(connection);
    }
  });
}

async function runMigrations(kysely: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db: kysely, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw new DatabaseError("The database's tables could not be brought to this version.", { cause: error });
}
