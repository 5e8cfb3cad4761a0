import { sql, type Transaction } from "kysely";
import { type BuildEvent, isFinal, next } from "#lib/builds/state.ts";
import type { AttemptOutcome } from "#lib/contracts/attempt.ts";
import type { Build, ResultFile } from "#lib/contracts/build.ts";
import type { PhaseFigures } from "#lib/contracts/phase-figures.ts";
import type { Reuse } from "#lib/contracts/reuse.ts";
import type { RuntimeName } from "#lib/contracts/runtime.ts";
import type { Sources } from "#lib/contracts/sources.ts";
import { toBuild } from "./build-row.ts";
import type { Database } from "./database.ts";
import { appendEvent } from "./events.ts";
import { commandResult, inTransaction, queueName } from "./queue.ts";
import type { Tables } from "./schema.ts";

/** A build in the hands of a builder. `retryCount` is the fence: a later claim has a higher one. */
export type Claim = { id: string; retryCount: number; queue: string; build: Build };

/** What came out of an attempt. */
export type Settlement = {
  outcome: AttemptOutcome;
  reason: string | null;
  exitCode: number | null;
  logBytes: number | null;
  logSha256: string | null;
  results: ResultFile[];
  warnings: string[];
  phases: PhaseFigures[];
};

/**
 * Takes the next build for this builder, from the first of the queues that has one: the queue's claim, the new state
 * and the event in one transaction. A job that comes back because its builder was lost is claimed too, in whatever
 * state its build is; jobs of builds that are over are put away on the spot. Null where nothing waits.
 */
export async function claimNext(
  db: Database,
  builder: string,
  architectures: readonly string[],
): Promise<Claim | null> {
  for (const queue of architectures.map(queueName))
    for (;;) {
      const result = await db.kysely.transaction().execute((transaction) => claimFrom(db, transaction, queue, builder));
      if (result === "empty") break;
      if (result !== "stale") return result;
    }
  return null;
}

async function claimFrom(
  db: Database,
  transaction: Transaction<Tables>,
  queue: string,
  builder: string,
): Promise<Claim | "empty" | "stale"> {
  const options = inTransaction(transaction);
  const [job] = await db.boss.fetch(queue, { includeMetadata: true, ...options });
  if (!job) return "empty";
  const row = await lock(transaction, job.id);
  if (!row || isFinal(row.state)) {
    await db.boss.complete(queue, job.id, null, options);
    return "stale";
  }
  const state = next(row.state, { kind: "claimed" }) ?? row.state;
  const updated = await transaction
    .updateTable("build")
    .set({ state, builder, claim: job.retryCount })
    .where("id", "=", job.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  if (state !== row.state) await appendEvent(transaction, job.id, state);
  return { id: job.id, retryCount: job.retryCount, queue, build: toBuild(updated) };
}

/** The builds that this builder has in hand, as the database knows them: what a new daemon has to look after. */
export async function claimsOf(db: Database, builder: string): Promise<Claim[]> {
  const rows = await db.kysely
    .selectFrom("build")
    .selectAll()
    .where("builder", "=", builder)
    .where("state", "in", ["preparing", "running", "cancelling"])
    .orderBy("id")
    .execute();
  return rows.map((row) => ({ id: row.id, retryCount: row.claim ?? 0, queue: row.queue, build: toBuild(row) }));
}

/** Tells the queue that these builds are still looked after; without it they go to another builder after a minute. */
export async function touch(db: Database, claims: readonly Claim[]): Promise<void> {
  for (const [queue, group] of Map.groupBy(claims, (claim) => claim.queue))
    await db.boss.touch(
      queue,
      group.map(({ id, retryCount }) => ({ id, retryCount })),
    );
}

/** Notes that KIWI runs, and how. False where the claim is lost. */
export async function markRunning(
  db: Database,
  claim: Claim,
  facts: {
    command: string[];
    kiwiVersion: string;
    runtime: RuntimeName;
    sources?: Sources;
    reuse?: Reuse;
    startedAt: Date;
  },
): Promise<boolean> {
  return change(db, claim, { kind: "started" }, async (transaction) => {
    await transaction
      .updateTable("build")
      .set({
        command: JSON.stringify(facts.command),
        kiwi_version: facts.kiwiVersion,
        runtime: facts.runtime,
        ...(facts.sources === undefined ? {} : { sources: JSON.stringify(facts.sources) }),
        ...(facts.reuse === undefined ? {} : { reuse: JSON.stringify(facts.reuse) }),
        started_at: facts.startedAt,
      })
      .where("id", "=", claim.id)
      .execute();
  });
}

/** Records the end of an attempt and ends the queue's job, both or neither. False where the claim is lost. */
export async function settle(db: Database, claim: Claim, settlement: Settlement): Promise<boolean> {
  return change(db, claim, { kind: "ended", outcome: settlement.outcome }, async (transaction) => {
    await transaction
      .updateTable("build")
      .set({
        reason: settlement.reason,
        exit_code: settlement.exitCode,
        log_bytes: settlement.logBytes,
        log_sha256: settlement.logSha256,
        results: JSON.stringify(settlement.results),
        warnings: JSON.stringify(settlement.warnings),
        phases: JSON.stringify(settlement.phases),
        ended_at: sql`now()`,
      })
      .where("id", "=", claim.id)
      .execute();
    const options = inTransaction(transaction);
    const attempt = { id: claim.id, retryCount: claim.retryCount };
    const done = commandResult(await db.boss.complete(claim.queue, attempt, { outcome: settlement.outcome }, options));
    // The queue had taken the job back but given it to nobody yet: it must not come round again.
    if (done.affected === 0) await db.boss.cancel(claim.queue, claim.id, options);
  });
}

/** Changes the state of a claimed build under its row lock. False, and no change, where the claim is lost. */
async function change(
  db: Database,
  claim: Claim,
  event: BuildEvent,
  write: (transaction: Transaction<Tables>) => Promise<void>,
): Promise<boolean> {
  return db.kysely.transaction().execute(async (transaction) => {
    const row = await lock(transaction, claim.id);
    if (!row || row.claim !== claim.retryCount) return false;
    const state = next(row.state, event);
    if (state === null) return false;
    await write(transaction);
    if (state === row.state) return true;
    await transaction.updateTable("build").set({ state }).where("id", "=", claim.id).execute();
    await appendEvent(transaction, claim.id, state);
    return true;
  });
}

function lock(transaction: Transaction<Tables>, id: string) {
  return transaction.selectFrom("build").select(["state", "claim"]).where("id", "=", id).forUpdate().executeTakeFirst();
}
