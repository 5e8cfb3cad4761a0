import { createHash, randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** Hours in which a printed login token can be used. */
const TOKEN_HOURS = 24;
/** Days after which a browser has to log in again. */
const SESSION_DAYS = 30;

/** Who uses a browser. */
export type Session = { user: string };

/** A new login token that can be used once within 24 hours. Only its hash is stored. */
export async function createLoginToken(db: Database, user = "admin"): Promise<string> {
  const token = secret();
  await db.kysely
    .insertInto("login_token")
    .values({ token_sha256: sha256(token), user_name: user, expires_at: hoursFromNow(TOKEN_HOURS) })
    .execute();
  return token;
}

/** Trades a login token for a session; null for an unknown, used or expired one. `value` belongs into the cookie. */
export async function redeemLoginToken(
  db: Database,
  token: string,
): Promise<{ value: string; user: string; expiresAt: Date } | null> {
  return db.kysely.transaction().execute(async (transaction) => {
    await transaction.deleteFrom("session").where("expires_at", "<", sql<Date>`now()`).execute();
    const spent = await transaction
      .deleteFrom("login_token")
      .where("token_sha256", "=", sha256(token))
      .returning(["user_name", sql<boolean>`expires_at > now()`.as("valid")])
      .executeTakeFirst();
    if (!spent?.valid) return null;
    const value = secret();
    const expiresAt = hoursFromNow(SESSION_DAYS * 24);
    await transaction
      .insertInto("session")
      .values({ value_sha256: sha256(value), user_name: spent.user_name, expires_at: expiresAt })
      .execute();
    return { value, user: spent.user_name, expiresAt };
  });
}

/** The session of a cookie's value; null where there is none or it has expired. */
export async function findSession(db: Database, value: string): Promise<Session | null> {
  const row = await db.kysely
    .selectFrom("session")
    .select("user_name")
    .where("value_sha256", "=", sha256(value))
    .where("expires_at", ">", sql<Date>`now()`)
    .executeTakeFirst();
  return row ? { user: row.user_name } : null;
}

/** Logs out. */
export async function endSession(db: Database, value: string): Promise<void> {
  await db.kysely.deleteFrom("session").where("value_sha256", "=", sha256(value)).execute();
}

function secret(): string {
  return randomBytes(32).toString("base64url");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hoursFromNow(hours: number): Date {
  return new Date(Date.now() + hours * 3_600_000);
}
