import { sql } from "kysely";
import type { Build } from "#lib/contracts/build.ts";
import { toBuild } from "./build-row.ts";
import type { Database } from "./database.ts";

/** An end of a build that is to be told. */
export type Ending = { position: number; build: Build };

/** Somebody who is told of the ends of builds, each in its order. */
const NAME = "webhook";

/** The oldest ends that are not told yet. Whoever asks for the first time hears of nothing that was before. */
export async function untoldEndings(db: Database, limit = 20): Promise<Ending[]> {
  await sql`
    insert into told (name, position) values (${NAME}, (select coalesce(max(position), 0) from build_event))
    on conflict do nothing`.execute(db.kysely);
  // An event may also tell of something else than a state: then the one before has the same.
  const { rows } = await sql<{ position: string; build_id: string }>`
    select e.position, e.build_id from build_event e
    where e.position > (select position from told where name = ${NAME})
      and e.state in ('succeeded', 'failed', 'cancelled', 'interrupted')
      and not exists (
        select from build_event b where b.build_id = e.build_id and b.seq = e.seq - 1 and b.state = e.state)
    order by e.position limit ${limit}`.execute(db.kysely);
  const endings: Ending[] = [];
  for (const { position, build_id } of rows) {
    const row = await db.kysely.selectFrom("build").selectAll().where("id", "=", build_id).executeTakeFirst();
    if (row) endings.push({ position: Number(position), build: toBuild(row) });
  }
  return endings;
}

/** Notes that everything up to a position was told, or is not to be told any more. */
export async function noteTold(db: Database, position: number): Promise<void> {
  await sql`update told set position = ${position} where name = ${NAME} and position < ${position}`.execute(db.kysely);
}
