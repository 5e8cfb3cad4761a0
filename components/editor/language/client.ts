import type { LanguageMethods, Method, Notice, Reply } from "./protocol.ts";

interface Waiting {
  resolve(result: LanguageMethods[Method]["gives"]): void;
  reject(error: Error): void;
}

/** The page's end of the language worker. One for each description on screen; `dispose` ends the worker. */
export class LanguageClient {
  readonly #worker = new Worker(new URL("./language.worker.ts", import.meta.url), { type: "module", name: "language" });
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  constructor() {
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
