import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Database, openDatabase } from "./database.ts";
import { createServer } from "./database-fixture.ts";
import { createLoginToken, endSession, findSession, redeemLoginToken } from "./sessions.ts";

let server: Awaited<ReturnType<typeof createServer>>;
let db: Database;

beforeAll(async () => {
  server = await createServer();
  db = await openDatabase(server.config, { role: "web" });
});
afterAll(async () => {
  await db.close();
  await server.remove();
});

it("trades a token once for a session that ends with the logout", async () => {
  const token = await createLoginToken(db);
  const [first, second] = await Promise.all([redeemLoginToken(db, token), redeemLoginToken(db, token)]);
  const session = first ?? second;
  expect([first, second].filter(Boolean)).toHaveLength(1);
  const value = session?.value ?? "";
  expect(await findSession(db, value)).toEqual({ user: "admin" });
  await endSession(db, value);
  expect(await findSession(db, value)).toBeNull();
});

it("stores neither token nor cookie", async () => {
  const token = await createLoginToken(db);
  const session = await redeemLoginToken(db, await createLoginToken(db));
  const { rows } = await sql<{ text: string }>`
    select login_token::text as text from login_token union all select session::text from session`.execute(db.kysely);
  expect(rows.length).toBeGreaterThan(1);
  for (const { text } of rows) {
    expect(text).not.toContain(token);
    expect(text).not.toContain(session?.value);
  }
});

it("knows no expired token, no expired session and nothing made up", async () => {
  const token = await createLoginToken(db);
  const session = await redeemLoginToken(db, await createLoginToken(db));
  await sql`update login_token set expires_at = now() - interval '1 second'`.execute(db.kysely);
  await sql`update session set expires_at = now() - interval '1 second'`.execute(db.kysely);
  expect(await redeemLoginToken(db, token)).toBeNull();
  expect(await findSession(db, session?.value ?? "")).toBeNull();
  expect(await findSession(db, "made-up")).toBeNull();
  expect(await redeemLoginToken(db, "made-up")).toBeNull();
});
