import { sql } from "kysely";
import type { Build } from "#lib/contracts/build.ts";
import type { Removal } from "#lib/contracts/retention.ts";
import { toBuild } from "./build-row.ts";
import type { Database } from "./database.ts";
import { appendEvent } from "./events.ts";

/** The builds whose results are there. */
export async function buildsWithResults(db: Database): Promise<Build[]> {
  const rows = await db.kysely
    .selectFrom("build")
    .selectAll()
    .where(sql<boolean>`results <> '[]' and removed is null and ended_at is not null`)
    .orderBy("id")
    .execute();
  return rows.map(toBuild);
}

/** The builds whose results were to be removed. */
export async function buildsWithoutResults(db: Database): Promise<string[]> {
  const rows = await db.kysely.selectFrom("build").select("id").where("removed", "is not", null).execute();
  return rows.map(({ id }) => id);
}

/** Notes whether the results of a build are to stay. False where there is no such build, or they are gone. */
export async function setKept(db: Database, id: string, kept: boolean): Promise<boolean> {
  return db.kysely.transaction().execute(async (transaction) => {
    const changed = await transaction
      .updateTable("build")
      .set({ kept })
      .where("id", "=", id)
      .where("removed", "is", null)
      .returning("state")
      .executeTakeFirst();
    if (changed) await appendEvent(transaction, id, changed.state);
    return changed !== undefined;
  });
}

/** Notes that the results of a build are no more. False where somebody has said meanwhile that they are to stay. */
export async function noteRemoval(db: Database, id: string, removal: Removal): Promise<boolean> {
  return db.kysely.transaction().execute(async (transaction) => {
    const changed = await transaction
      .updateTable("build")
      .set({ removed: JSON.stringify(removal) })
      .where("id", "=", id)
      .where("kept", "=", false)
      .where("removed", "is", null)
      .returning("state")
      .executeTakeFirst();
    if (changed) await appendEvent(transaction, id, changed.state);
    return changed !== undefined;
  });
}
