import type { AttemptExit, ProcessIdentity } from "#lib/contracts/attempt.ts";
import type { KiwiInstallation } from "#lib/contracts/builder.ts";
import type { RuntimeStatus } from "#lib/contracts/runtime.ts";
import { type Claim, type Database, markRunning, settle } from "#server/db/index.ts";
import { forgetPasswords } from "#server/platform/build-secrets.ts";
import type { Config } from "#server/platform/config.ts";
import type { Logger } from "#server/platform/logger.ts";
import { layOut } from "./begin.ts";
import { attemptFolder } from "./builds-folder.ts";
import { endDeleted, endUnstarted, toSettlement } from "./ends.ts";
import { persist } from "./persist.ts";
import { readRunner, readSpec } from "./runner/attempt-folder.ts";
import { cancelAttempt, inspectAttempt, settleLost, startAttempt } from "./runner/index.ts";
import { watchChanges } from "./wait.ts";

/** Milliseconds between looks at a runner where the kernel tells nothing. */
const LOOK_AGAIN = 1_000;

/** What a held build needs of its builder. */
export type Workshop = {
  config: Config;
  db: Database;
  log: Logger;
  kiwi(): KiwiInstallation | null;
  runtimes(): Promise<readonly RuntimeStatus[]>;
  /** Given when this process has to stop; runners go on. */
  signal: AbortSignal;
};

/** A build in this builder's hands. */
export type HeldBuild = {
  /** Renewed when the queue had given the build up and handed it out again. */
  claim: Claim;
  /** Its attempt is over: nothing is left to cancel. */
  over: boolean;
  /** Asks for its end, also before it has begun. Asking twice is harmless. */
  cancel(): void;
  /** Resolves when the end is recorded, or when this process has to stop. */
  done: Promise<void>;
};

/** Takes a build up wherever it stands: not begun, running under a runner of an earlier daemon, or ended meanwhile. */
export function holdBuild(workshop: Workshop, claim: Claim): HeldBuild {
  const dir = attemptFolder(workshop.config.paths.builds, claim.id, claim.build.attempt);
  let cancelled = claim.build.state === "cancelling";
  const stop = () => {
    cancelAttempt(dir).catch((error: unknown) => workshop.log.error("A build could not be cancelled", { dir, error }));
  };
  const held: HeldBuild = {
    claim,
    over: false,
    cancel() {
      cancelled = true;
      stop();
    },
    done: Promise.resolve(),
  };
  held.done = (async () => {
    let exit = await begin(workshop, claim, dir, () => cancelled);
    if (exit === null) {
      await noteStart(workshop, held, dir);
      // A cancel that came while the runner was being started has found nobody to tell.
      if (cancelled) stop();
      exit = await waitForEnd(dir, workshop.signal);
    }
    if (exit === null) return;
    held.over = true;
    const settlement = toSettlement(exit);
    const settled = await persist(() => settle(workshop.db, held.claim, settlement), workshop.signal);
    if (settled !== null) await forgetPasswords(workshop.config.paths.secrets, claim.id);
    if (settled === false)
      workshop.log.warn("The build was given to another builder; its end is not recorded", { dir });
    if (settled) workshop.log.info("Build ended", { build: claim.id, outcome: exit.outcome, reason: exit.reason });
  })();
  return held;
}

/** Starts what has not begun. Null once a runner is or was at work, else how it ended without one. */
async function begin(
  { config, kiwi, runtimes, log }: Workshop,
  { build }: Claim,
  dir: string,
  cancelled: () => boolean,
): Promise<AttemptExit | null> {
  const { kind } = await inspectAttempt(dir);
  if (kind !== "absent" && kind !== "not-started") return null;
  if (build.state === "running")
    return endUnstarted(dir, "interrupted", "The builder that worked on it was lost, and nothing of its work is here.");
  try {
    const installation = kiwi();
    if (installation === null) return await endUnstarted(dir, "failed-to-start", "This builder has no KIWI any more.");
    // An earlier daemon laid it out and died. Its runner may be just about to begin, so nothing is laid out anew.
    const earlier = kind === "not-started" ? await readSpec(dir) : null;
    const spec = earlier ?? (await layOut(config, { kiwi: installation, runtimes: await runtimes() }, build, dir));
    if (earlier === null && cancelled())
      return await endUnstarted(dir, "cancelled", "Cancelled before KIWI was started.");
    await startAttempt(dir, spec);
    return null;
  } catch (error) {
    log.error("A build could not be started", { dir, error });
    const why = error instanceof Error ? error.message : String(error);
    return endUnstarted(dir, "failed-to-start", `The build could not be started: ${why}`);
  }
}

async function noteStart({ db, signal }: Workshop, held: HeldBuild, dir: string): Promise<void> {
  if (held.claim.build.command !== null) return;
  const [spec, record] = [await readSpec(dir), await readRunner(dir)];
  if (spec === null || record === null) return;
  const { kiwiVersion, runtime = "namespaces", sources, reuse, packages } = spec;
  const commands = [packages?.reused === false ? packages.command : null, spec.command, spec.createCommand ?? null];
  const command = commands.flatMap((words) => (words === null ? [] : ["&&", ...words])).slice(1);
  const kept = { ...(sources === undefined ? {} : { sources }), ...(reuse === undefined ? {} : { reuse }) };
  const facts = { command, kiwiVersion, runtime, ...kept, startedAt: new Date(record.startedAt) };
  await persist(() => markRunning(db, held.claim, facts), signal);
}

async function waitForEnd(dir: string, signal: AbortSignal): Promise<AttemptExit | null> {
  const changes = watchChanges(dir, signal);
  let runner: ProcessIdentity | null = null;
  try {
    for (;;) {
      const state = await inspectAttempt(dir);
      if (state.kind === "ended") return state.exit;
      if (state.kind === "lost") return await settleLost(dir);
      if (state.kind === "running") runner = state.record.runner;
      else return endDeleted(runner);
      if (signal.aborted) return null;
      await changes.changed(LOOK_AGAIN);
    }
  } finally {
    changes.close();
  }
}
