import type { Reply } from "./protocol.ts";

/** Longer answers are left to the ordinary way. */
const SIZE = 128 * 1024;

/**
 * Memory that page and worker share, for the answer to one question at a time. After a key, Chromium draws before it
 * delivers messages; an answer that lies here can be taken before they draw, a whole frame earlier.
 */
export class FastLane {
  /** Id of the answer, its length, and the microseconds that it took. */
  readonly #head: Int32Array;
  readonly #body: Uint8Array;

  constructor(memory: SharedArrayBuffer) {
    this.#head = new Int32Array(memory, 0, 3);
    this.#body = new Uint8Array(memory, this.#head.byteLength);
  }

  /** Undefined where the browser shares no memory: where the page came neither by TLS nor from this machine. */
  static memory(): SharedArrayBuffer | undefined {
    return globalThis.crossOriginIsolated ? new SharedArrayBuffer(SIZE) : undefined;
  }

  /** Leaves nothing of an answer that is too long. The last one must have been received, here or otherwise. */
  put(reply: Reply, tookMs: number): void {
    const bytes = new TextEncoder().encode(JSON.stringify(reply));
    if (bytes.length > this.#body.length) return;
    this.#body.set(bytes);
    this.#head[1] = bytes.length;
    this.#head[2] = Math.ceil(tookMs * 1000);
    // Last, and atomic: whoever sees the id sees all that was written before it.
    Atomics.store(this.#head, 0, reply.id);
  }

  /** What the last answer took, in milliseconds; infinite before the first. */
  get tookMs(): number {
    return Atomics.load(this.#head, 0) === 0 ? Number.POSITIVE_INFINITY : (this.#head[2] ?? 0) / 1000;
  }

  /** The answer that lies here, if its question is still open. */
  take(isOpen: (id: number) => boolean): Reply | null {
    if (!isOpen(Atomics.load(this.#head, 0))) return null;
    // Decoders refuse shared memory; a slice is none.
    return JSON.parse(new TextDecoder().decode(this.#body.slice(0, this.#head[1])));
  }
}
