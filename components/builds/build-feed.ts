import type { Build, WatchEvent } from "#lib/contracts/build.ts";
import { LogStore } from "../logs/log-store.ts";

/** How the page stands to the build's stream. */
export type Connection =
  | { kind: "connecting" }
  | { kind: "live" }
  /** The Workbench is reached, the builder is not. */
  | { kind: "waiting"; reason: string }
  | { kind: "reconnecting" }
  | { kind: "ended" }
  /** It is of no use to try again. */
  | { kind: "refused"; error: unknown };

export interface FeedSnapshot {
  build: Build | null;
  connection: Connection;
  store: LogStore;
  /** Grows with every change, also with those inside the store. */
  version: number;
}

/** What the feed needs of the backend: one stream, from a position on. */
export interface WatchHandlers {
  onEvent: (event: WatchEvent) => void;
  onOpen: () => void;
  onLost: () => void;
  onEnd: () => void;
  onError: (error: unknown) => void;
}
export type Watch = (position: string | null, handlers: WatchHandlers) => { unsubscribe: () => void };

/** Milliseconds: the screen is told at most this often. */
const pause = 60;
const retryAfter = [300, 1000, 2000, 4000];

/**
 * Everything that a build's page shows live. It owns the position in the stream: after a gap or an error it asks again
 * from what it has, so that nothing is lost or doubled.
 */
export class BuildFeed {
  /** What is true now; it is published with a short pause, so that a burst of lines is drawn once. */
  #now: FeedSnapshot = { build: null, connection: { kind: "connecting" }, store: new LogStore(), version: 0 };
  #published = this.#now;
  readonly #listeners = new Set<() => void>();
  readonly #watch: Watch;
  readonly #isFinal: (error: unknown) => boolean;
  #stream: { unsubscribe: () => void } | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #retry: ReturnType<typeof setTimeout> | null = null;
  #failures = 0;
  #generation = 0;

  /** `isFinal` tells errors after which it is of no use to ask again. */
  constructor(watch: Watch, isFinal: (error: unknown) => boolean) {
    this.#watch = watch;
    this.#isFinal = isFinal;
  }

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = () => this.#published;

  start(): void {
    this.#open();
  }

  stop(): void {
    this.#generation++;
    this.#stream?.unsubscribe();
    this.#stream = null;
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#retry) clearTimeout(this.#retry);
    this.#timer = this.#retry = null;
  }

  #open(): void {
    this.#stream?.unsubscribe();
    const { build, store } = this.#now;
    const position = build ? `${build.eventSeq}:${store.attempt}:${store.offset}` : null;
    const generation = ++this.#generation;
    // Events of a stream that was left may still arrive.
    const mine =
      <T extends unknown[]>(handle: (...values: T) => void) =>
      (...values: T) => {
        if (this.#generation === generation) handle(...values);
      };
    this.#stream = this.#watch(position, {
      onEvent: mine((event: WatchEvent) => this.#take(event)),
      onOpen: mine(() => this.#connect({ kind: "live" })),
      onLost: mine(() => this.#connect({ kind: "reconnecting" })),
      // A server that goes down ends its streams, too; only the log's own end is the end.
      onEnd: mine(() => (this.#now.store.complete ? this.#connect({ kind: "ended" }) : this.#openLater())),
      onError: mine((error: unknown) => {
        if (this.#isFinal(error)) this.#connect({ kind: "refused", error });
        else this.#openLater();
      }),
    });
  }

  #take(event: WatchEvent): void {
    if (event.kind === "waiting") return this.#connect({ kind: "waiting", reason: event.reason });
    this.#connect({ kind: "live" });
    if (event.kind === "build") return this.#change({ build: event.build });
    const { store } = this.#now;
    const outcome = event.kind === "log" ? store.add(event) : store.finish(event);
    if (outcome === "gap") return this.#openLater();
    this.#failures = 0;
    if (outcome === "added") this.#change({});
  }

  #openLater(): void {
    this.#connect({ kind: "reconnecting" });
    if (this.#retry) clearTimeout(this.#retry);
    const wait = retryAfter[Math.min(this.#failures++, retryAfter.length - 1)] ?? 0;
    // Whatever the old stream still sends is of no use.
    this.#generation++;
    this.#retry = setTimeout(() => this.#open(), wait);
  }

  #connect(connection: Connection): void {
    if (this.#now.connection.kind === connection.kind && connection.kind !== "waiting") return;
    this.#change({ connection });
  }

  #change(what: Partial<FeedSnapshot>): void {
    this.#now = { ...this.#now, ...what, version: this.#now.version + 1 };
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#published = this.#now;
      for (const listener of this.#listeners) listener();
    }, pause);
  }
}
