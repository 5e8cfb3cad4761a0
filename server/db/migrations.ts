import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Every change of our own tables, by name in the order in which they are applied. Never edit one that was released. */
export const migrations: Record<string, Migration> = {
  "001-builds-and-sessions": { up: buildsAndSessions },
  "002-options-and-warnings": { up: optionsAndWarnings },
  "003-phases-and-runtime": { up: phasesAndRuntime },
  "004-sources": { up: sources },
  "005-reuse": { up: reuse },
  "006-retention": { up: retention },
  "007-notifications": { up: notifications },
};

async function buildsAndSessions(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table build (
      id uuid primary key,
      description text not null,
      image_name text,
      image_version text,
      profiles text[] not null,
      type text,
      architecture text not null,
      state text not null,
      reason text,
      exit_code integer,
      requested_by text not null,
      queued_at timestamptz not null default now(),
      started_at timestamptz,
      ended_at timestamptz,
      attempt integer not null default 0,
      command jsonb,
      kiwi_version text,
      log_bytes bigint,
      log_sha256 text,
      results jsonb not null default '[]',
      snapshot text not null,
      event_seq integer not null default 0,
      queue text not null,
      builder text,
      claim integer
    )`.execute(db);
  await sql`create index build_by_description on build (description, id desc)`.execute(db);
  await sql`
    create index build_in_hand on build (builder) where state in ('preparing', 'running', 'cancelling')`.execute(db);
  await sql`
    create table build_event (
      build_id uuid not null references build (id) on delete cascade,
      seq integer not null,
      position bigint not null unique,
      at timestamptz not null default now(),
      state text not null,
      primary key (build_id, seq)
    )`.execute(db);
  await sql`create table login_token (
    token_sha256 text primary key, user_name text not null, expires_at timestamptz not null)`.execute(db);
  await sql`create table session (
    value_sha256 text primary key, user_name text not null, expires_at timestamptz not null)`.execute(db);
}

async function optionsAndWarnings(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table build add column options jsonb not null default '{}', add column warnings jsonb not null default '[]'
  `.execute(db);
}

async function phasesAndRuntime(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table build add column phases jsonb not null default '[]', add column runtime text
  `.execute(db);
}

async function sources(db: Kysely<unknown>): Promise<void> {
  await sql`alter table build add column sources jsonb`.execute(db);
}

async function reuse(db: Kysely<unknown>): Promise<void> {
  await sql`alter table build add column reuse jsonb`.execute(db);
}

async function retention(db: Kysely<unknown>): Promise<void> {
  await sql`alter table build add column kept boolean not null default false, add column removed jsonb`.execute(db);
}

async function notifications(db: Kysely<unknown>): Promise<void> {
  await sql`create table told (name text primary key, position bigint not null)`.execute(db);
}
