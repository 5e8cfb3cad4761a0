import type { WatchEvent } from "#lib/contracts/build.ts";
import { KiwiLog } from "#lib/kiwi/log/index.ts";

type LogEvent = Extract<WatchEvent, { kind: "log" }>;
type EndEvent = Extract<WatchEvent, { kind: "end" }>;

/**
 * What a piece of a log was: `added`, wholly `known` already, or behind a `gap`, so that the stream must be asked again
 * from `offset`.
 */
export type Addition = "added" | "known" | "gap";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * The log of a build's newest attempt as far as it has been received. Pieces may come twice or too early, as after a
 * lost connection; the store takes each byte once and in order.
 */
export class LogStore {
  log = new KiwiLog();
  attempt = 0;
  /** Bytes received: where the next piece begins. */
  offset = 0;
  /** Size and checksum of the whole log, as the builder says; null while more may come. */
  complete: { bytes: number; sha256: string | null } | null = null;
  /** False after bytes that are no UTF-8: they came as replacement characters. */
  exact = true;

  add(event: LogEvent): Addition {
    if (event.attempt < this.attempt) return "known";
    if (event.attempt > this.attempt) this.#restart(event.attempt);
    if (event.end <= this.offset) return "known";
    if (event.offset > this.offset) return "gap";
    const bytes = encoder.encode(event.text);
    if (bytes.length !== event.end - event.offset) this.exact = false;
    const known = this.offset - event.offset;
    this.log.append(known === 0 ? event.text : decoder.decode(bytes.subarray(known)));
    this.offset = event.end;
    return "added";
  }

  /** The log has ended; "gap" if something of it is missing here. */
  finish(event: EndEvent): Addition {
    if (event.attempt < this.attempt || this.complete) return "known";
    if (event.attempt > this.attempt) this.#restart(event.attempt);
    if (event.bytes > this.offset) return "gap";
    this.complete = { bytes: event.bytes, sha256: event.sha256 };
    this.log.finish();
    return "added";
  }

  /** The whole text, exactly as it was received. */
  text(): string {
    return this.log.rawText.join("");
  }

  /** SHA-256 of the received text, hex. */
  async sha256(): Promise<string> {
    const digest = await crypto.subtle.digest("SHA-256", encoder.encode(this.text()));
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  #restart(attempt: number): void {
    this.attempt = attempt;
    this.log = new KiwiLog();
    this.offset = 0;
    this.complete = null;
    this.exact = true;
  }
}
