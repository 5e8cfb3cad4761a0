import { FastLane } from "./fast-lane.ts";
import type { Lane, LanguageMethods, Method, Notice, Reply } from "./protocol.ts";

interface Waiting {
  resolve(result: LanguageMethods[Method]["gives"]): void;
  reject(error: Error): void;
}

/** What handling a key takes by itself; a frame is four times as long. */
const SHORT_MS = 4;

/** The page's end of the language worker. One for each description on screen; `dispose` ends the worker. */
export class LanguageClient {
  readonly #worker = new Worker(new URL("./language.worker.ts", import.meta.url), { type: "module", name: "language" });
  readonly #waiting = new Map<number, Waiting>();
  readonly #lane: FastLane | null;
  #lastId = 0;

  constructor() {
    const memory = FastLane.memory();
    this.#lane = memory === undefined ? null : new FastLane(memory);
    this.#worker.postMessage({ kind: "lane", memory } satisfies Lane);
    this.#worker.onmessage = ({ data }: MessageEvent<Reply>) => this.#receive(data);
    this.#worker.onerror = (event) => this.#fail(new Error(`the language worker failed: ${event.message}`));
  }

  tell(notice: Notice): void {
    this.#worker.postMessage(notice);
  }

  /** @throws Error where the worker cannot answer, or has been disposed of meanwhile. */
  ask<M extends Method>(method: M, params: LanguageMethods[M]["takes"]): Promise<LanguageMethods[M]["gives"]> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      // The worker answers a method with what that method gives: protocol.ts holds both sides to it.
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ kind: "request", id, method, params });
    });
  }

  /**
   * Looks for the answer to what was just asked as soon as the key is handled that led to it, and once more when the
   * next frame begins. An answer that takes no longer than handling a key is waited for: it is drawn with its key then.
   */
  hasten(): void {
    const lane = this.#lane;
    if (lane === null) return;
    const look = () => {
      const reply = lane.take((id) => this.#waiting.has(id));
      if (reply !== null) this.#receive(reply);
      return reply !== null;
    };
    queueMicrotask(() => {
      const until = performance.now() + (lane.tookMs < SHORT_MS ? SHORT_MS : 0);
      while (!look() && performance.now() < until);
    });
    requestAnimationFrame(look);
  }

  dispose(): void {
    this.#worker.terminate();
    this.#fail(new Error("the editor was closed"));
  }

  #receive(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ("error" in reply) waiting?.reject(new Error(reply.error));
    else waiting?.resolve(reply.result);
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
