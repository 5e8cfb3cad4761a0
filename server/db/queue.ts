import type { Kysely, Transaction } from "kysely";
import { fromKysely, type PgBoss } from "pg-boss";
import { z } from "zod";
import { architectureSchema } from "#lib/contracts/build.ts";
import type { Tables } from "./schema.ts";

/** Seconds without a touch after which the queue may give a build to somebody else. */
export const HEARTBEAT_SECONDS = 60;

/** The longest time a job may be in hand, the queue's own maximum: 24 hours. */
const EXPIRE_SECONDS = 86_400;

const YEAR = 31_536_000;

/** The queue of one architecture. */
export function queueName(architecture: string): string {
  return `build.${architecture}`;
}

/** Creates the queues that are missing. Safe to call from several processes at once. */
export async function createQueues(boss: PgBoss): Promise<void> {
  for (const architecture of architectureSchema.options)
    await boss.createQueue(queueName(architecture), {
      heartbeatSeconds: HEARTBEAT_SECONDS,
      expireInSeconds: EXPIRE_SECONDS,
      retryLimit: 3,
      retryDelay: 5,
      retentionSeconds: YEAR,
      deleteAfterSeconds: YEAR / 12,
    });
}

/** Lets a pg-boss call take part in a transaction of ours. */
export function inTransaction(transaction: Kysely<Tables> | Transaction<Tables>) {
  return { db: fromKysely(transaction) };
}

/** What pg-boss answers to touch, complete and cancel; its types leave it open. */
const commandResponseSchema = z.object({ affected: z.number(), settled: z.array(z.string()).nullish() });

/** How many jobs a command changed, and their ids. */
export function commandResult(response: unknown): { affected: number; settled: string[] } {
  const { affected, settled } = commandResponseSchema.parse(response);
  return { affected, settled: settled ?? [] };
}
