import type { Database } from "#server/db/index.ts";
import type { Logger } from "#server/platform/logger.ts";

/** Work that nobody waits for, one turn at a time. */
export type Aside = {
  /** Begins a turn, unless one is under way. */
  begin(db: Database): void;
  /** Resolves when none is. */
  over(): Promise<void>;
};

/** Makes such work; `trouble` says what a turn that failed means. */
export function aside(work: (db: Database) => Promise<void>, trouble: string, log: Logger): Aside {
  let turn: Promise<void> | null = null;
  return {
    begin(db) {
      turn ??= work(db)
        .catch((error: unknown) => log.error(trouble, { error }))
        .finally(() => {
          turn = null;
        });
    },
    over: async () => {
      await turn;
    },
  };
}
