import type { Bell } from "#server/platform/bell.ts";
import type { BuilderClient, LogStream } from "./builder-client.ts";
import { type LogPiece, LogText } from "./log-text.ts";

type Arrival = { result: IteratorResult<Uint8Array> } | { error: unknown };

/**
 * Reads the log of one attempt from an offset on, one piece ahead of its reader. Rings the bell when there is
 * something to take.
 */
export class LogFollower {
  readonly #bell: Bell;
  readonly #abort: AbortController;
  readonly #text: LogText;
  readonly #bytes: AsyncIterableIterator<Uint8Array>;
  /** Nothing was to come any more when the stream was opened: its end is the end of the log. */
  readonly #complete: boolean;
  #next: Arrival | null = null;

  private constructor(bell: Bell, offset: number, stream: LogStream, abort: AbortController) {
    this.#abort = abort;
    this.#bell = bell;
    this.#text = new LogText(offset);
    this.#bytes = stream.bytes;
    this.#complete = stream.complete;
  }

  /**
   * Null where the attempt has no log (yet). Without `follow` what is stored now is the whole log.
   * Throws BuilderUnreachable.
   */
  static async open(
    builder: BuilderClient,
    bell: Bell,
    { build, attempt, offset, follow }: { build: string; attempt: number; offset: number; follow: boolean },
  ): Promise<LogFollower | null> {
    const abort = new AbortController();
    const stream = await builder.log(build, attempt, { from: offset, follow, signal: abort.signal });
    if (!stream) return null;
    const complete = stream.complete || !follow;
    const follower = new LogFollower(bell, offset, { ...stream, complete }, abort);
    follower.#read();
    return follower;
  }

  /**
   * What has arrived: a piece; `complete` when the whole log was taken; `broken` when the stream ended before that,
   * and must be opened again; null while there is nothing. Throws BuilderUnreachable.
   */
  take(): LogPiece | "complete" | "broken" | null {
    for (;;) {
      const next = this.#next;
      if (next === null) return null;
      if ("error" in next) throw next.error;
      if (next.result.done) {
        if (!this.#complete) return "broken";
        return this.#text.finish() ?? "complete";
      }
      this.#next = null;
      this.#read();
      const piece = this.#text.push(next.result.value);
      if (piece) return piece;
    }
  }

  close(): void {
    this.#abort.abort();
  }

  #read(): void {
    const arrived = (next: Arrival) => {
      this.#next = next;
      this.#bell.ring();
    };
    this.#bytes.next().then(
      (result) => arrived({ result }),
      (error: unknown) => arrived({ error }),
    );
  }
}
