import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { isFinal } from "#lib/builds/state.ts";
import type { Database } from "#server/db/index.ts";
import type { BuilderClient } from "#server/web/builder-client.ts";
import { existingBuild, waitForBuild } from "./build-watch.ts";
import { note } from "./output.ts";

/** How far a log has been written: bytes of the log of one attempt. */
export interface LogPosition {
  attempt: number;
  offset: number;
}

/**
 * Writes the log of a build as it is stored: byte for byte, from a position to its end, attempt after attempt. The position
 * moves along. A builder that goes away meanwhile is waited for, and reading goes on at the byte where it stopped.
 */
export async function followLog(
  database: Database,
  builder: BuilderClient,
  id: string,
  out: NodeJS.WritableStream,
  position: LogPosition = { attempt: 0, offset: 0 },
): Promise<void> {
  let attempt = -1;
  for (;;) {
    const build = await waitForBuild(
      database,
      id,
      (now) => isFinal(now.state) || (now.startedAt !== null && now.attempt > attempt),
    );
    if (build.attempt <= attempt) return;
    if (attempt >= 0) note(`The build was begun again (attempt ${build.attempt + 1}).`);
    attempt = build.attempt;
    if (attempt !== position.attempt) Object.assign(position, { attempt, offset: 0 });
    await followAttempt(database, builder, id, position, out);
  }
}

async function followAttempt(
  database: Database,
  builder: BuilderClient,
  id: string,
  position: LogPosition,
  out: NodeJS.WritableStream,
): Promise<void> {
  const { attempt } = position;
  let away = false;
  for (;;) {
    try {
      const stream = await builder.log(id, attempt, { from: position.offset, follow: true, signal: undefined });
      away = false;
      for await (const bytes of stream?.bytes ?? []) {
        position.offset += bytes.length;
        if (!out.write(bytes)) await once(out, "drain");
      }
      if (stream?.complete) return;
      // The stream ended: either the log is complete, which the next answer says, or there is none yet.
      const build = await existingBuild(database, id);
      if (stream === null && (isFinal(build.state) || build.attempt !== attempt)) return;
      await sleep(stream === null ? 250 : 0);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "BuilderUnreachable") throw error;
      if (!away) note("The builder does not answer; waiting for it. The build goes on meanwhile.");
      away = true;
      await sleep(500);
    }
  }
}

/** Writes what is stored of the log of an attempt, from a position on. Resolves with false where there is none yet. */
export async function copyLog(
  builder: BuilderClient,
  id: string,
  { attempt, offset }: LogPosition,
  out: NodeJS.WritableStream,
): Promise<boolean> {
  const stream = await builder.log(id, attempt, { from: offset, follow: false, signal: undefined });
  if (stream === null) return false;
  for await (const bytes of stream.bytes) if (!out.write(bytes)) await once(out, "drain");
  return true;
}
