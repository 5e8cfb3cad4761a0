import { mkdir } from "node:fs/promises";
import { hostname } from "node:os";
import type { BuilderStatus, DoctorReport, KiwiInstallation } from "#lib/contracts/builder.ts";
import type { BuildNeeds, PreflightReport, RepositoryNeeds } from "#lib/contracts/preflight.ts";
import type { Sources } from "#lib/contracts/sources.ts";
import {
  type Claim,
  claimNext,
  claimsOf,
  type Database,
  ensureDatabase,
  isConnectionError,
  openDatabase,
  touch,
} from "#server/db/index.ts";
import { differencesOf, hostArchitecture, repositoryStates, runDoctor, runPreflight } from "#server/kiwi/index.ts";
import { Bell } from "#server/platform/bell.ts";
import type { Config } from "#server/platform/config.ts";
import type { Logger } from "#server/platform/logger.ts";
import { aside } from "./aside.ts";
import { attemptFolder } from "./builds-folder.ts";
import { diskProblem } from "./disk.ts";
import { type HeldBuild, holdBuild } from "./held-build.ts";
import { KeptRoots } from "./kept-roots.ts";
import { createKiwiWatch } from "./kiwi-watch.ts";
import type { LogLibrary } from "./log/library.ts";
import { endOrphans, sweepHost } from "./recovery.ts";
import { createRetention } from "./retention.ts";
import { createRuntimeWatch } from "./runtime-watch.ts";
import { createSupervisor } from "./supervisor.ts";
import { createWebhook } from "./webhook.ts";

/** Milliseconds between two touches, and between two looks at the queue where the bell stays silent. */
const TOUCH = 10_000;
const LOOK_AGAIN = 2_000;
/** Milliseconds that the index of a log may take to its end. */
const SETTLED = 60_000;

/** Architectures that a host can build besides its own. */
const ALSO: Record<string, string[]> = { x86_64: ["i686"], aarch64: ["armv7l"] };

const missingOptions = (kiwi: KiwiInstallation | null) => [...(kiwi ? differencesOf(kiwi.version).missingOptions : [])];

/** The daemon's heart: takes builds from the queue while slots are free, and looks after them until their end. */
export type Builder = {
  status(): BuilderStatus;
  doctor(): Promise<DoctorReport>;
  /** Looks at what a build will find here. */
  preflight(needs: BuildNeeds): Promise<PreflightReport>;
  /** What these repositories hold now. */
  sources(repositories: readonly RepositoryNeeds[]): Promise<Sources>;
  /** Works until stopped. */
  run(): Promise<void>;
  /** Ends the work; runners go on, and the next daemon adopts their builds. */
  stop(): void;
};

/** A builder of this host, not yet at work. */
export function createBuilder(config: Config, logs: LogLibrary, log: Logger): Builder {
  const name = `${hostname()}:${config.dataDir}`;
  const stopping = new AbortController();
  const bell = new Bell();
  const held = new Map<string, HeldBuild>();
  const kiwi = createKiwiWatch(config);
  const runtimes = createRuntimeWatch(config);
  const supervisor = createSupervisor();
  const asides = [
    aside(createRetention(config, log), "Old results could not be removed", log),
    aside(createWebhook(config.webhook, log), "The webhook could not be served", log),
  ];
  let databaseProblem: string | null = "The builder is connecting to the database.";
  let touchedAt = 0;

  /** Why this host cannot build. */
  const obstacle = () => {
    if (process.getuid?.() !== 0) return "The builder has to run as root: KIWI mounts file systems and enters images.";
    return kiwi.problem() ?? diskProblem(config.paths.builds);
  };

  function hold(db: Database, claim: Claim): void {
    const workshop = { config, db, log, kiwi: kiwi.installation, runtimes: runtimes.settled, signal: stopping.signal };
    const build = holdBuild(workshop, claim);
    held.set(claim.id, build);
    log.info("Build in hand", { build: claim.id, state: claim.build.state });
    const over = new AbortController();
    const dir = attemptFolder(config.paths.builds, claim.id, claim.build.attempt);
    logs
      .keep(dir, AbortSignal.any([over.signal, stopping.signal]))
      .catch((error: unknown) => log.error("The log cannot be indexed", { dir, error }));
    const release = () => {
      // Its index is made to the end, which is there by now or will never be.
      setTimeout(() => over.abort(), SETTLED).unref();
      held.delete(claim.id);
      bell.ring();
    };
    build.done.then(release, (error: unknown) => {
      // It is still ours in the database, so the next look takes it up again.
      log.error("Looking after a build failed", { build: claim.id, error });
      release();
    });
  }

  /** Tells the queue that we live, and learns which of our builds are to be cancelled or are ours no more. */
  async function lookAfter(db: Database): Promise<void> {
    touchedAt = Date.now();
    await touch(
      db,
      [...held.values()].map(({ claim }) => claim),
    );
    const before = new Map(held);
    const ours = new Map((await claimsOf(db, name)).map((claim) => [claim.id, claim]));
    for (const [id, build] of before) {
      const now = ours.get(id);
      if (build.over) continue;
      if (now?.retryCount !== build.claim.retryCount) {
        log.warn("A build is ours no more; it is ended here", { build: id });
        build.cancel();
      } else if (now.build.state === "cancelling") build.cancel();
    }
    for (const [id, claim] of ours) if (!before.has(id) && !held.has(id)) hold(db, claim);
  }

  async function claimMore(db: Database): Promise<void> {
    const architecture = hostArchitecture();
    const architectures = [architecture, ...(ALSO[architecture] ?? [])];
    while (!stopping.signal.aborted && obstacle() === null && held.size < config.slots) {
      const claim = await claimNext(db, name, architectures);
      if (claim === null) return;
      const known = held.get(claim.id);
      if (known) known.claim = claim;
      else hold(db, claim);
    }
  }

  async function connect(): Promise<Database | null> {
    while (!stopping.signal.aborted)
      try {
        await ensureDatabase(config);
        return await openDatabase(config, { role: "builder" });
      } catch (error) {
        databaseProblem = error instanceof Error ? error.message : String(error);
        log.error("The database cannot be used; trying again", { error });
        await bell.wait(LOOK_AGAIN);
      }
    return null;
  }

  async function work(db: Database): Promise<void> {
    try {
      await kiwi.refresh();
      runtimes.refresh(kiwi.installation());
      // Far from the last time in either direction: a clock that is set back must not silence us for long.
      if (Math.abs(Date.now() - touchedAt) >= TOUCH) await lookAfter(db);
      await supervisor.pass(db);
      // What only spares time is the first to go where the disk is nearly full.
      if (diskProblem(config.paths.builds) !== null) await new KeptRoots(config.paths.roots, 0).trim();
      await claimMore(db);
      for (const work of asides) work.begin(db);
      databaseProblem = null;
    } catch (error) {
      supervisor.trouble();
      // A claim may have been made whose answer was lost: it is looked for before any more are made.
      touchedAt = 0;
      log.error("The builder's work was interrupted; trying again", { error });
      if (!isConnectionError(error)) return;
      databaseProblem = "The database is being started again.";
      await ensureDatabase(config).catch((cause: unknown) => log.error("The database does not come back", { cause }));
    }
  }

  return {
    status: () => ({
      online: true,
      problem: obstacle() ?? databaseProblem,
      hostName: hostname(),
      architecture: hostArchitecture(),
      kiwi: kiwi.installation(),
      missingOptions: missingOptions(kiwi.installation()),
      runtimes: runtimes.known(),
      slots: config.slots,
      running: [...held.keys()],
    }),
    doctor: () => runDoctor(config),
    preflight: (needs) => runPreflight(config, needs, kiwi.installation()),
    sources: (repositories) => repositoryStates(repositories, config.proxy),
    async run() {
      await mkdir(config.paths.builds, { recursive: true, mode: 0o755 });
      await kiwi.refresh();
      runtimes.refresh(kiwi.installation());
      await sweepHost(config.paths.builds, log);
      const db = await connect();
      if (db === null) return;
      db.onNotify((notice) => {
        // News of a build in hand, or news that we may have missed: look at once.
        if (notice === null || held.has(notice.buildId)) touchedAt = 0;
        bell.ring();
      });
      try {
        let adopted = false;
        while (!stopping.signal.aborted) {
          await work(db);
          if (!adopted && databaseProblem === null) {
            adopted = true;
            const ours = [...held.values()].map(({ claim }) => claim);
            const dirs = ours.map(({ id, build }) => attemptFolder(config.paths.builds, id, build.attempt));
            await endOrphans(config.paths.builds, new Set(dirs), log);
          }
          if (!stopping.signal.aborted) await bell.wait(LOOK_AGAIN);
        }
        await Promise.all(asides.map((work) => work.over()));
        await Promise.allSettled([...held.values()].map(({ done }) => done));
      } finally {
        await db.close();
      }
    },
    stop() {
      stopping.abort();
      bell.ring();
    },
  };
}
