import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/** The database cannot be used; the message says why and what to do. */
export class DatabaseError extends Error {
  override name = "DatabaseError";
}

/** What a connection attempt says about the server. */
export type Probe = { state: "up" } | { state: "down" | "starting" | "refused"; reason: string };

/** The name under which all processes of the program appear in the database. */
export const ROLE = "kiwi_workbench";

/** Tries to connect once. `refused` means that waiting does not help: wrong user, wrong password, no such database. */
export async function probe(url: string): Promise<Probe> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("select 1");
    return { state: "up" };
  } catch (error) {
    return judge(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Waits until the server answers. Throws DatabaseError when it refuses us or when the time is over. */
export async function waitForDatabase(url: string, seconds: number): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const result = await probe(url);
    if (result.state === "up") return;
    if (result.state === "refused") throw new DatabaseError(`The database refuses the connection: ${result.reason}`);
    if (Date.now() >= deadline)
      throw new DatabaseError(`The database does not answer since ${seconds} seconds: ${result.reason}`);
    await sleep(100);
  }
}

/** Whether an error says that the connection or the server is gone, and not that the statement is wrong. */
export function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  // Class 08: connection; 57P01..03: shutdown, crash, starting up; 53300: too many connections.
  if (/^(08|57P0)/.test(code) || code === "53300") return true;
  if (["ECONNREFUSED", "ECONNRESET", "ENOENT", "EPIPE", "ETIMEDOUT"].includes(code)) return true;
  return /connection terminated|connection timeout|timeout exceeded when trying to connect|not queryable/i.test(
    error.message,
  );
}

function judge(error: unknown): Probe {
  const reason = error instanceof Error ? error.message || error.name : String(error);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "57P03") return { state: "starting", reason };
  // Class 28: authorization; class 3D: no such database; EACCES: no right on the socket's folder.
  if (/^(28|3D)/.test(code) || code === "EACCES") return { state: "refused", reason };
  return { state: "down", reason };
}
