import type { ColumnType, Generated, JSONColumnType } from "kysely";
import type { BuildState, ResultFile } from "#lib/contracts/build.ts";
import type { BuildOptionsInput } from "#lib/contracts/build-options.ts";
import type { PhaseFigures } from "#lib/contracts/phase-figures.ts";
import type { Removal } from "#lib/contracts/retention.ts";
import type { Reuse } from "#lib/contracts/reuse.ts";
import type { RuntimeName } from "#lib/contracts/runtime.ts";
import type { Sources } from "#lib/contracts/sources.ts";

/** PostgreSQL's bigint: the driver reads it as text. */
type BigInt8 = ColumnType<string, number | string, number | string>;
type Time = ColumnType<Date, Date | string, Date | string>;
/** Set by the database where nothing else is said. */
type TimeOfInsert = ColumnType<Date, Date | string | undefined, Date | string>;

/** The durable record of a build; the queue's own rows vanish by retention. */
export type BuildTable = {
  id: string;
  description: string;
  image_name: string | null;
  image_version: string | null;
  profiles: string[];
  type: string | null;
  architecture: string;
  state: BuildState;
  reason: string | null;
  exit_code: number | null;
  requested_by: string;
  queued_at: TimeOfInsert;
  started_at: Time | null;
  ended_at: Time | null;
  /** Number of the attempt, and of its folder. */
  attempt: Generated<number>;
  command: JSONColumnType<string[]> | null;
  kiwi_version: string | null;
  runtime: RuntimeName | null;
  sources: JSONColumnType<Sources> | null;
  reuse: JSONColumnType<Reuse> | null;
  log_bytes: BigInt8 | null;
  log_sha256: string | null;
  results: JSONColumnType<ResultFile[]>;
  kept: Generated<boolean>;
  removed: JSONColumnType<Removal> | null;
  warnings: JSONColumnType<string[], string | undefined>;
  phases: JSONColumnType<PhaseFigures[], string | undefined>;
  /** Without passwords. */
  options: JSONColumnType<BuildOptionsInput, string | undefined>;
  snapshot: string;
  /** Sequence number of the build's last event. */
  event_seq: Generated<number>;
  /** The queue that holds the build's job; the job's id is the build's. */
  queue: string;
  /** Name of the builder that claimed it; null while it waits. */
  builder: string | null;
  /** Retry count of the queue's job at the time of the claim: the fence that keeps a builder out that lost it. */
  claim: number | null;
};

/** What happened to builds: written in the transaction that made it happen. */
export type BuildEventTable = {
  build_id: string;
  /** Counts from 1 for each build, without gaps. */
  seq: number;
  /** Position among the events of all builds, in the order of their commits. */
  position: BigInt8;
  at: TimeOfInsert;
  state: BuildState;
};

export type LoginTokenTable = { token_sha256: string; user_name: string; expires_at: Time };
export type SessionTable = { value_sha256: string; user_name: string; expires_at: Time };

export type Tables = {
  build: BuildTable;
  build_event: BuildEventTable;
  login_token: LoginTokenTable;
  session: SessionTable;
};
