import type { BuildState } from "#lib/contracts/build.ts";
import { changesAfter, lastPosition } from "#server/db/index.ts";
import { Bell } from "#server/platform/bell.ts";
import { isOutage } from "./errors.ts";
import type { Services } from "./services.ts";

/** Milliseconds between two tries while the database is away. */
const TRY_AGAIN = 500;
const LOOK_AGAIN = 15_000;

/** A build of any description has changed; `state` is its new state. */
export interface BuildChange {
  id: string;
  state: BuildState;
}

/** Changes of all builds after a position, or from now on where it is null. Ends when `signal` is given. */
export async function* watchChanges(
  { database }: Pick<Services, "database">,
  from: number | null,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ position: number; change: BuildChange }> {
  const bell = new Bell();
  const wake = () => bell.ring();
  let stopListening: (() => void) | undefined;
  let position = from;
  signal?.addEventListener("abort", wake);
  try {
    while (!signal?.aborted) {
      let pause = LOOK_AGAIN;
      try {
        const open = await database();
        stopListening ??= open.onNotify(wake);
        position ??= await lastPosition(open);
        for (const { position: at, ...change } of await changesAfter(open, position)) {
          position = at;
          pause = 0;
          yield { position: at, change };
        }
      } catch (error) {
        if (!isOutage(error)) throw error;
        pause = TRY_AGAIN;
      }
      if (pause > 0) await bell.wait(pause);
    }
  } finally {
    signal?.removeEventListener("abort", wake);
    stopListening?.();
  }
}
