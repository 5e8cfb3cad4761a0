import type { LogNews } from "#lib/contracts/log.ts";
import type { Bell } from "#server/platform/bell.ts";
import type { BuilderClient } from "./builder-client.ts";

type Arrival = { result: IteratorResult<LogNews> } | { error: unknown };

/**
 * Follows the log of one attempt from an offset on, one piece of news ahead of its reader. Rings the bell when there is
 * something to take.
 */
export class LogFollower {
  readonly #bell: Bell;
  readonly #abort: AbortController;
  readonly #news: AsyncIterableIterator<LogNews>;
  /** The end of the news is the end of the log. */
  #complete: boolean;
  #next: Arrival | null = null;

  private constructor(bell: Bell, news: AsyncIterableIterator<LogNews>, over: boolean, abort: AbortController) {
    this.#bell = bell;
    this.#news = news;
    this.#complete = over;
    this.#abort = abort;
  }

  /**
   * Null where the builder does not know the attempt (yet). Without `follow` what is stored now is the whole log.
   * Throws BuilderUnreachable.
   */
  static async open(
    builder: BuilderClient,
    bell: Bell,
    { build, attempt, offset, follow }: { build: string; attempt: number; offset: number; follow: boolean },
  ): Promise<LogFollower | null> {
    const abort = new AbortController();
    const news = await builder.news(build, attempt, { from: offset, follow, signal: abort.signal });
    if (!news) return null;
    const follower = new LogFollower(bell, news, !follow, abort);
    follower.#read();
    return follower;
  }

  /**
   * What has arrived: news; `complete` when the whole log was told; `broken` when the stream ended before that, and must
   * be opened again; null while there is nothing. Throws BuilderUnreachable.
   */
  take(): LogNews | "complete" | "broken" | null {
    const next = this.#next;
    if (next === null) return null;
    if ("error" in next) throw next.error;
    if (next.result.done) return this.#complete ? "complete" : "broken";
    this.#next = null;
    this.#read();
    const { value } = next.result;
    this.#complete ||= value.summary.complete !== null;
    return value;
  }

  close(): void {
    this.#abort.abort();
  }

  #read(): void {
    const arrived = (next: Arrival) => {
      this.#next = next;
      this.#bell.ring();
    };
    this.#news.next().then(
      (result) => arrived({ result }),
      (error: unknown) => arrived({ error }),
    );
  }
}
