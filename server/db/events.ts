import { sql, type Transaction } from "kysely";
import type { BuildState } from "#lib/contracts/build.ts";
import { CHANNEL } from "./listener.ts";
import type { Tables } from "./schema.ts";

/** One change of a build. */
export type StoredEvent = { seq: number; position: number; at: string; state: BuildState };

/** Any number that nobody else uses for an advisory lock in this database. */
const POSITION_LOCK = 5_494_417;

/**
 * Tells that a build has changed: a row in the caller's transaction, and the bell when it commits. The caller holds the
 * build's row lock, so sequence numbers of a build have no gaps; positions among all builds are given out under a lock
 * that lasts until the commit, so that whoever has seen a position has seen all before it.
 */
export async function appendEvent(transaction: Transaction<Tables>, buildId: string, state: BuildState): Promise<void> {
  await sql`select pg_advisory_xact_lock(${POSITION_LOCK})`.execute(transaction);
  await sql`
    with numbered as (
      update build set event_seq = event_seq + 1 where id = ${buildId} returning event_seq
    ), stored as (
      insert into build_event (build_id, seq, position, state)
      select ${buildId}, event_seq, (select coalesce(max(position), 0) + 1 from build_event), ${state} from numbered
      returning seq
    )
    select pg_notify(${CHANNEL}, ${buildId} || ':' || seq) from stored`.execute(transaction);
}
