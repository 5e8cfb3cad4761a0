import { sql, type Transaction } from "kysely";
import { isFinal, next } from "#lib/builds/state.ts";
import type { Build, BuildRequest, BuildState } from "#lib/contracts/build.ts";
import { buildOptionsSchema, withoutPasswords } from "#lib/contracts/build-options.ts";
import { toBuild } from "./build-row.ts";
import type { Database } from "./database.ts";
import { appendEvent, type StoredEvent } from "./events.ts";
import { inTransaction, queueName } from "./queue.ts";
import type { Tables } from "./schema.ts";
import { uuid7 } from "./uuid7.ts";

export type Submission = {
  /** Where the build's id had to be known before; see `newBuildId`. */
  id?: string;
  request: BuildRequest;
  /** Id of the snapshot to build. */
  snapshot: string;
  imageName: string | null;
  imageVersion: string | null;
  requestedBy: string;
  /** Target architecture: names the queue. */
  architecture: string;
};

/** An id for a build that is not yet submitted. */
export const newBuildId = uuid7;

/** Records a build wish and queues it, both or neither. */
export async function submitBuild(db: Database, submission: Submission): Promise<Build> {
  const { request } = submission;
  const id = submission.id ?? newBuildId();
  const options = withoutPasswords(request.options ?? buildOptionsSchema.parse({}));
  const queue = queueName(submission.architecture);
  return db.kysely.transaction().execute(async (transaction) => {
    await transaction
      .insertInto("build")
      .values({
        id,
        description: request.description,
        image_name: submission.imageName,
        image_version: submission.imageVersion,
        profiles: request.profiles,
        type: request.type ?? null,
        architecture: submission.architecture,
        state: "queued",
        requested_by: submission.requestedBy,
        snapshot: submission.snapshot,
        queue,
        results: "[]",
        options: JSON.stringify(options),
      })
      .execute();
    const job = await db.boss.send(queue, {}, { id, ...inTransaction(transaction) });
    if (job === null) throw new Error(`The queue ${queue} did not take build ${id}.`);
    await appendEvent(transaction, id, "queued");
    return readBuild(transaction, id);
  });
}

/** The build of that id; null where there is none. */
export async function getBuild(db: Database, id: string): Promise<Build | null> {
  const row = await db.kysely.selectFrom("build").selectAll().where("id", "=", id).executeTakeFirst();
  return row ? toBuild(row) : null;
}

/** Builds, newest first, at most `limit`; with `before` only those older than that build. */
export async function listBuilds(
  db: Database,
  { description, limit, before }: { description?: string; limit: number; before?: string },
): Promise<Build[]> {
  let query = db.kysely.selectFrom("build").selectAll().orderBy("id", "desc").limit(limit);
  if (description !== undefined) query = query.where("description", "=", description);
  if (before !== undefined) query = query.where("id", "<", before);
  return (await query.execute()).map(toBuild);
}

/** The builds of a description that succeeded, newest first, at most `limit`. */
export async function goodBuilds(db: Database, description: string, limit: number): Promise<Build[]> {
  const rows = await db.kysely
    .selectFrom("build")
    .selectAll()
    .where("description", "=", description)
    .where("state", "=", "succeeded")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map(toBuild);
}

/** How many builds wait for the same kind of builder and come before this one. */
export async function buildsBefore(db: Database, { id, architecture }: Build): Promise<number> {
  const { count } = await db.kysely
    .selectFrom("build")
    .select((eb) => eb.fn.countAll<string>().as("count"))
    .where("state", "=", "queued")
    .where("architecture", "=", architecture)
    .where("id", "<", id)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** How many builds there are of each state. */
export async function buildsByState(db: Database): Promise<Map<BuildState, number>> {
  const rows = await db.kysely
    .selectFrom("build")
    .select(["state", (eb) => eb.fn.countAll<string>().as("count")])
    .groupBy("state")
    .execute();
  return new Map(rows.map(({ state, count }) => [state, Number(count)]));
}

/** The newest good build of each description, type and architecture. */
export async function newestGoodBuilds(db: Database): Promise<Build[]> {
  const rows = await db.kysely
    .selectFrom("build")
    .selectAll()
    .distinctOn(["description", "type", "architecture"])
    .where("state", "=", "succeeded")
    .orderBy("description")
    .orderBy("type")
    .orderBy("architecture")
    .orderBy("id", "desc")
    .execute();
  return rows.map(toBuild);
}

/** The last build before this one that succeeded with the same description, type, profiles and architecture. */
export async function lastGoodBuild(db: Database, build: Build): Promise<Build | null> {
  const row = await db.kysely
    .selectFrom("build")
    .selectAll()
    .where("description", "=", build.description)
    .where("state", "=", "succeeded")
    .where("id", "<", build.id)
    .where("architecture", "=", build.architecture)
    .where(sql<boolean>`profiles = ${build.profiles}`)
    .where(sql<boolean>`type is not distinct from ${build.type}`)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ? toBuild(row) : null;
}

/** The newest build of each of these descriptions, by description id. */
export async function lastBuilds(db: Database, descriptionIds: readonly string[]): Promise<Map<string, Build>> {
  if (descriptionIds.length === 0) return new Map();
  const rows = await db.kysely
    .selectFrom("build")
    .selectAll()
    .distinctOn("description")
    .where("description", "=", sql<string>`any(${[...descriptionIds]})`)
    .orderBy("description")
    .orderBy("id", "desc")
    .execute();
  return new Map(rows.map((row) => [row.description, toBuild(row)]));
}

/**
 * Asks for the end of a build. One that still waits is cancelled at once, without any builder; one that is being
 * built is `cancelling` until its builder has ended it; one that is over stays as it is. Null where there is none.
 * The queue's job is left to the next claim, which puts it away: a claim locks the job first and the build second, so
 * who locked them the other way round would wait for it, and it for him.
 */
export async function requestCancel(db: Database, id: string): Promise<Build | null> {
  return db.kysely.transaction().execute(async (transaction) => {
    const row = await transaction
      .selectFrom("build")
      .select("state")
      .where("id", "=", id)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return null;
    const state = next(row.state, { kind: "cancel-requested" });
    if (state !== null && state !== row.state) {
      await transaction
        .updateTable("build")
        .set(isFinal(state) ? { state, reason: "Cancelled before it was started.", ended_at: sql`now()` } : { state })
        .where("id", "=", id)
        .execute();
      await appendEvent(transaction, id, state);
    }
    return readBuild(transaction, id);
  });
}

/** What happened to a build after event `seq`, in order. */
export async function eventsAfter(db: Database, id: string, seq: number): Promise<StoredEvent[]> {
  const rows = await db.kysely
    .selectFrom("build_event")
    .selectAll()
    .where("build_id", "=", id)
    .where("seq", ">", seq)
    .orderBy("seq")
    .execute();
  return rows.map((row) => ({
    seq: row.seq,
    position: Number(row.position),
    at: row.at.toISOString(),
    state: row.state,
  }));
}

/** A change of any build, for lists. */
export type Change = { position: number; id: string; state: BuildState };

/** What happened to all builds after `position`, in order, at most `limit`. */
export async function changesAfter(db: Database, position: number, limit = 500): Promise<Change[]> {
  const rows = await db.kysely
    .selectFrom("build_event")
    .select(["position", "build_id", "state"])
    .where("position", ">", String(position))
    .orderBy("position")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ position: Number(row.position), id: row.build_id, state: row.state }));
}

/** The position of the newest change; 0 where nothing has happened yet. */
export async function lastPosition(db: Database): Promise<number> {
  const row = await db.kysely
    .selectFrom("build_event")
    .select((eb) => eb.fn.max("position").as("position"))
    .executeTakeFirst();
  return Number(row?.position ?? 0);
}

async function readBuild(transaction: Transaction<Tables>, id: string): Promise<Build> {
  return toBuild(await transaction.selectFrom("build").selectAll().where("id", "=", id).executeTakeFirstOrThrow());
}
