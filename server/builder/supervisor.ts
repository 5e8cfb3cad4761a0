import { sql } from "kysely";
import { type Database, HEARTBEAT_SECONDS } from "#server/db/index.ts";

/** Seconds that everything must have been well before builds are taken away from silent builders. */
const CALM_SECONDS = 1.5 * HEARTBEAT_SECONDS;
const PASS_SECONDS = 10;

/**
 * The queue's supervisor, which hands out builds anew whose builder is silent. It works only after a calm time: when
 * the database, or this machine, was away, no builder could tell that it lives, and healthy builds would be taken away.
 */
export function createSupervisor(now: () => number = Date.now) {
  let troubledAt = now();
  let lastPass = now();
  return {
    /** Notes that the database could not be used. */
    trouble() {
      troubledAt = now();
    },
    /** Does its work when it is time for it. */
    async pass(db: Database): Promise<void> {
      const pause = now() - lastPass;
      if (pause >= 0 && pause < PASS_SECONDS * 1000) return;
      lastPass = now();
      // Nobody was here for long: this process was stopped, or the machine asleep. Or somebody has set the clock.
      if (pause < 0 || pause > 3 * PASS_SECONDS * 1000) troubledAt = now();
      if (now() - troubledAt < CALM_SECONDS * 1000) return;
      const { rows } = await sql<{ calm: boolean }>`
        select pg_postmaster_start_time() < now() - make_interval(secs => ${CALM_SECONDS}) as calm`.execute(db.kysely);
      if (rows[0]?.calm) await db.boss.supervise();
    },
  };
}
