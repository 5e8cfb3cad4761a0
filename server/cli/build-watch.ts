import type { Build } from "#lib/contracts/build.ts";
import { type Database, getBuild } from "#server/db/index.ts";
import { Failure } from "./failure.ts";

/** Nobody rings while the database is away, so a waiting reader also looks by itself now and then. */
const LOOK_AGAIN = 2_000;

/** A build that must exist. Throws Failure. */
export async function existingBuild(database: Database, id: string): Promise<Build> {
  const build = await getBuild(database, id);
  if (build === null) throw new Failure(`There is no build ${id}.`);
  return build;
}

/** Waits until what the store says of a build is what is waited for. */
export async function waitForBuild(database: Database, id: string, reached: (build: Build) => boolean): Promise<Build> {
  let ring = () => {};
  const stop = database.onNotify((notice) => {
    if (notice === null || notice.buildId === id) ring();
  });
  try {
    for (;;) {
      // Armed before the look: a change between the look and the wait still rings.
      const bell = new Promise<void>((resolve) => (ring = resolve));
      const build = await existingBuild(database, id);
      if (reached(build)) return build;
      await Promise.race([bell, new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN))]);
    }
  } finally {
    stop();
  }
}
