import type { Build, WatchEvent } from "#lib/contracts/build.ts";
import { emptyLog, type LogSummary } from "#lib/contracts/log.ts";
import { type FetchWindow, LogRows } from "../logs/log-rows.ts";

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

/** What is known of the log of a build's newest attempt. */
export interface FeedLog {
  attempt: number;
  summary: LogSummary;
  /** Size and checksum of the whole log, as the builder recorded them; null while more may come. */
  end: { bytes: number; sha256: string | null } | null;
}

export interface FeedSnapshot {
  build: Build | null;
  connection: Connection;
  log: FeedLog;
  rows: LogRows;
  /** Grows with every change, also with those inside the rows. */
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
export type Watch = (position: () => string | null, handlers: WatchHandlers) => { unsubscribe: () => void };

/** Milliseconds: the screen is told at most this often. */
const pause = 30;
const retryAfter = [300, 1000, 2000, 4000];

/**
 * Everything that a build's page shows live. It owns the position in the stream: after an error it asks again from what it
 * has. News say what is true of the log at their moment, and rows have numbers, so what comes twice does no harm.
 */
export class BuildFeed {
  /** What is true now; it is published with a short pause, so that a burst of lines is drawn once. */
  #now: FeedSnapshot;
  #published: FeedSnapshot;
  readonly #listeners = new Set<() => void>();
  readonly #watch: Watch;
  readonly #isFinal: (error: unknown) => boolean;
  #stream: { unsubscribe: () => void } | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #retry: ReturnType<typeof setTimeout> | null = null;
  #failures = 0;
  #generation = 0;

  /** `isFinal` tells errors after which it is of no use to ask again; `fetch` gets rows of an attempt's log. */
  constructor(watch: Watch, isFinal: (error: unknown) => boolean, fetch: (attempt: number) => FetchWindow) {
    this.#watch = watch;
    this.#isFinal = isFinal;
    const rows = new LogRows(
      (request) => fetch(this.#now.log.attempt)(request),
      () => this.#change({}),
    );
    const log = { attempt: 0, summary: emptyLog, end: null };
    this.#now = { build: null, connection: { kind: "connecting" }, log, rows, version: 0 };
    this.#published = this.#now;
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
    this.#now.rows.close();
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#retry) clearTimeout(this.#retry);
    this.#timer = this.#retry = null;
  }

  /** How far the stores have been read, as the stream counts. */
  readonly position = (): string | null => {
    const { build, log } = this.#now;
    return build ? `${build.eventSeq}:${log.attempt}:${log.summary.bytes}` : null;
  };

  #open(): void {
    this.#stream?.unsubscribe();
    const generation = ++this.#generation;
    // Events of a stream that was left may still arrive.
    const mine =
      <T extends unknown[]>(handle: (...values: T) => void) =>
      (...values: T) => {
        if (this.#generation === generation) handle(...values);
      };
    this.#stream = this.#watch(this.position, {
      onEvent: mine((event: WatchEvent) => this.#take(event)),
      onOpen: mine(() => this.#connect({ kind: "live" })),
      onLost: mine(() => this.#connect({ kind: "reconnecting" })),
      // A server that goes down ends its streams, too; only the log's own end is the end.
      onEnd: mine(() => (this.#now.log.end ? this.#connect({ kind: "ended" }) : this.#openLater())),
      onError: mine((error: unknown) => {
        if (this.#isFinal(error)) this.#connect({ kind: "refused", error });
        else this.#openLater();
      }),
    });
  }

  #take(event: WatchEvent): void {
    if (event.kind === "waiting") return this.#connect({ kind: "waiting", reason: event.reason });
    this.#connect({ kind: "live" });
    this.#failures = 0;
    if (event.kind === "build") return this.#change({ build: event.build });
    const { attempt, summary } = this.#now.log;
    if (event.attempt < attempt) return;
    if (event.attempt > attempt) this.#restart(event.attempt);
    if (event.kind === "end") {
      const { bytes, sha256 } = event;
      return this.#change({ log: { ...this.#now.log, end: { bytes, sha256 } } });
    }
    // News of a stream that was behind the one before.
    if (event.attempt === attempt && event.summary.bytes < summary.bytes) return;
    this.#now.rows.grow(event.summary.lines, event.rows);
    this.#change({ log: { ...this.#now.log, summary: event.summary } });
  }

  #restart(attempt: number): void {
    this.#now.rows.restart();
    this.#change({ log: { attempt, summary: emptyLog, end: null } });
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
