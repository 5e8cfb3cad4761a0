import { createHmac } from "node:crypto";
import { fetch } from "undici";
import type { Build } from "#lib/contracts/build.ts";
import { type Database, type Ending, noteTold, untoldEndings } from "#server/db/index.ts";
import type { Config } from "#server/platform/config.ts";
import type { Logger } from "#server/platform/logger.ts";

/** Milliseconds that the other side may take, between two looks, and after which a message is given up. */
const [PATIENCE, LOOK, GIVE_UP] = [10_000, 5_000, 24 * 3_600_000];

/**
 * Tells a web address of the end of every build, in their order, at least once, also of those that ended while it or we
 * were away. What it does not take within a day is given up.
 */
export function createWebhook(webhook: Config["webhook"], log: Logger) {
  let nextLook = 0;
  let failures = 0;
  return async (db: Database, now = Date.now()): Promise<void> => {
    if (webhook === undefined || now < nextLook) return;
    nextLook = now + LOOK;
    for (const ending of await untoldEndings(db)) {
      const problem = await tell(webhook, ending);
      const age = now - new Date(ending.build.endedAt ?? now).getTime();
      if (problem !== null && age < GIVE_UP) {
        // Longer and longer pauses, up to ten minutes.
        nextLook = now + Math.min(600_000, LOOK * 2 ** failures++);
        log.warn("The webhook could not be told of the end of a build; trying again", {
          build: ending.build.id,
          problem,
        });
        return;
      }
      if (problem !== null) log.error("The webhook was never told of the end of a build", { build: ending.build.id });
      failures = 0;
      await noteTold(db, ending.position);
    }
  };
}

/** Sends one message; null where it was taken, else why not. */
async function tell({ address, secret }: NonNullable<Config["webhook"]>, ending: Ending): Promise<string | null> {
  const body = JSON.stringify(messageOf(ending));
  const signature = secret === undefined ? null : createHmac("sha256", secret).update(body).digest("hex");
  try {
    const response = await fetch(address, {
      method: "POST",
      body,
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
      headers: {
        "content-type": "application/json",
        "user-agent": "kiwi-workbench",
        // The same message that comes twice has the same number.
        "x-kiwi-workbench-delivery": String(ending.position),
        ...(signature === null ? {} : { "x-kiwi-workbench-signature": `sha256=${signature}` }),
      },
    });
    await response.body?.cancel();
    return response.ok ? null : `It answers ${response.status}.`;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return cause instanceof Error ? cause.message : String(cause);
  }
}

function messageOf({ build }: Ending) {
  const { id, description, imageName, imageVersion, type, profiles, architecture, state, reason, warnings }: Build =
    build;
  const { requestedBy, queuedAt, startedAt, endedAt, results } = build;
  return {
    event: "build.ended",
    build: {
      ...{ id, path: `/builds/${id}`, description, imageName, imageVersion, type, profiles, architecture },
      ...{ state, reason, warnings, requestedBy, queuedAt, startedAt, endedAt, results },
    },
  };
}
