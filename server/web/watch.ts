import { TRPCError } from "@trpc/server";
import { isFinal } from "#lib/builds/state.ts";
import type { Build, WatchEvent } from "#lib/contracts/build.ts";
import type { LogNews } from "#lib/contracts/log.ts";
import { getBuild } from "#server/db/index.ts";
import { Bell } from "#server/platform/bell.ts";
import { isOutage } from "./errors.ts";
import { LogFollower } from "./log-follower.ts";
import type { Services } from "./services.ts";

/** Milliseconds after which the stores are looked at even if nothing has rung. */
const LOOK_AGAIN = 15_000;
/** Milliseconds between two tries while the database, the builder or a log is not there. */
const TRY_AGAIN = 500;

/** How far a reader has come in the two stores of a build. */
export interface WatchPosition {
  seq: number;
  attempt: number;
  offset: number;
}

/** Reads a position as it is written in an event's id, `seq:attempt:offset`. */
export function parsePosition(text: string): WatchPosition {
  const [seq = 0, attempt = 0, offset = 0] = text.split(":").map(Number);
  return { seq, attempt, offset };
}

/**
 * Everything of one build from a position on: listens first, then replays what is stored, then follows until the build
 * has ended and its log is complete. Neither the database's nor the builder's absence ends it; `signal` does.
 * Throws NOT_FOUND where there is no such build.
 */
export async function* watchBuild(
  services: Pick<Services, "database" | "builder">,
  id: string,
  from: WatchPosition | null,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ position: string; event: WatchEvent }> {
  const watcher = new Watcher(services, id, from);
  signal?.addEventListener("abort", watcher.wake);
  /** The reader has been told of an outage that goes on. */
  let waiting = false;
  let toldSeq: number | null = null;
  try {
    while (!signal?.aborted) {
      let news: LogNews | null;
      try {
        news = await watcher.look();
      } catch (error) {
        if (!isOutage(error)) throw error;
        if (!waiting) yield watcher.event({ kind: "waiting", reason: "The connection is interrupted; trying again." });
        waiting = true;
        await watcher.pause(TRY_AGAIN);
        continue;
      }
      const { build } = watcher;
      if (!build) throw new TRPCError({ code: "NOT_FOUND", message: "There is no such build." });
      // After an outage the build's record says that it is over.
      if (waiting || build.eventSeq !== toldSeq) yield watcher.event({ kind: "build", build });
      waiting = false;
      toldSeq = build.eventSeq;
      if (news) {
        watcher.position.offset = news.summary.bytes;
        yield watcher.event({ kind: "log", attempt: watcher.position.attempt, ...news });
      } else if (watcher.ended) {
        const { attempt, offset: bytes } = watcher.position;
        yield watcher.event({ kind: "end", attempt, bytes, sha256: build.logSha256 });
        return;
      } else await watcher.pause(watcher.following ? LOOK_AGAIN : TRY_AGAIN);
    }
  } finally {
    signal?.removeEventListener("abort", watcher.wake);
    watcher.close();
  }
}

/** Holds on to the two stores of a build, and lets go of them when they fail. */
class Watcher {
  readonly position: WatchPosition;
  build: Build | null = null;
  readonly #services: Pick<Services, "database" | "builder">;
  readonly #id: string;
  readonly #bell = new Bell();
  /** The build may have changed since it was read. */
  #stale = true;
  #stopListening: (() => void) | undefined;
  /** `absent`: at the last look the builder had no log of this attempt. */
  #log: LogFollower | "absent" | "complete" | null = null;

  constructor(services: Pick<Services, "database" | "builder">, id: string, from: WatchPosition | null) {
    this.#services = services;
    this.#id = id;
    this.position = from ?? { seq: 0, attempt: 0, offset: 0 };
  }

  readonly wake = () => this.#bell.ring();

  /** The build is over and there is nothing more to read. */
  get ended(): boolean {
    return this.build !== null && isFinal(this.build.state) && (this.#log === "complete" || this.#log === "absent");
  }

  /** Whatever happens next will ring the bell. */
  get following(): boolean {
    return this.build?.state === "queued" || this.#log === "complete" || this.#log instanceof LogFollower;
  }

  event(event: WatchEvent): { position: string; event: WatchEvent } {
    const { seq, attempt, offset } = this.position;
    return { position: `${seq}:${attempt}:${offset}`, event };
  }

  /** Looks into both stores and gives the next news of the log, if they have arrived. */
  async look(): Promise<LogNews | null> {
    try {
      if (this.#stale) await this.#readBuild();
      return await this.#readLog();
    } catch (error) {
      this.#stale = true;
      this.#closeLog();
      throw error;
    }
  }

  async pause(milliseconds: number): Promise<void> {
    if (!(await this.#bell.wait(milliseconds))) this.#stale = true;
  }

  close(): void {
    this.#stopListening?.();
    this.#closeLog();
  }

  async #readBuild(): Promise<void> {
    const database = await this.#services.database();
    this.#stopListening ??= database.onNotify((notice) => {
      if (notice !== null && notice.buildId !== this.#id) return;
      this.#stale = true;
      this.#bell.ring();
    });
    this.#stale = false;
    this.build = await getBuild(database, this.#id);
    if (!this.build) return;
    this.position.seq = this.build.eventSeq;
    // Of a build that is over, all there is to read is there now, also where an attempt never came to an end.
    if (isFinal(this.build.state) && this.#log !== "complete") this.#closeLog();
    if (this.build.attempt === this.position.attempt) return;
    // The queue gave the build to a builder again: its log begins anew.
    Object.assign(this.position, { attempt: this.build.attempt, offset: 0 });
    this.#closeLog();
  }

  async #readLog(): Promise<LogNews | null> {
    if (!this.build || this.build.state === "queued" || this.#log === "complete") return null;
    if (!(this.#log instanceof LogFollower)) {
      const { attempt, offset } = this.position;
      const place = { build: this.#id, attempt, offset, follow: !isFinal(this.build.state) };
      this.#log = (await LogFollower.open(this.#services.builder, this.#bell, place)) ?? "absent";
    }
    const taken = this.#log === "absent" ? null : this.#log.take();
    if (taken !== "complete" && taken !== "broken") return taken;
    this.#closeLog();
    this.#log = taken === "complete" ? "complete" : null;
    return null;
  }

  #closeLog(): void {
    if (this.#log instanceof LogFollower) this.#log.close();
    this.#log = null;
  }
}
