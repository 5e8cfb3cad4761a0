import { Worker } from "node:worker_threads";
import type { Answer, Question, Reply, Task, ThreadData } from "./task.ts";

/** Mebibytes that the catalogues in memory may take. */
const MOST_MEMORY = 1024;

type Waiting = { resolve: (answer: Answer) => void; reject: (error: Error) => void };

/** Answers what the repositories of descriptions offer. Its thread is started by the first question. */
export class PackageDesk {
  readonly #data: ThreadData;
  readonly #waiting = new Map<number, Waiting>();
  #thread: Worker | undefined;
  #count = 0;

  constructor(data: ThreadData) {
    this.#data = data;
  }

  /** Rejects where the thread has died over it; the next question starts another. */
  ask<Q extends Question>(question: Q): Promise<Answer<Q>> {
    this.#thread ??= this.#start();
    const id = ++this.#count;
    const answer = new Promise<Answer>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#thread.postMessage({ id, question } satisfies Task);
    // The thread answers the question that it was asked.
    return answer as Promise<Answer<Q>>;
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
  }

  #start(): Worker {
    const thread = new Worker(new URL("./catalogue-thread.ts", import.meta.url), {
      workerData: this.#data,
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY },
    });
    thread.unref();
    thread.on("message", (reply: Reply) => {
      const waiting = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      if ("answer" in reply) waiting?.resolve(reply.answer);
      else waiting?.reject(new Error(reply.problem));
    });
    let reason = "The thread has ended.";
    thread.on("error", (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    thread.on("exit", () => {
      if (this.#thread === thread) this.#thread = undefined;
      for (const { reject } of this.#waiting.values()) reject(new Error(`Repositories were not read: ${reason}`));
      this.#waiting.clear();
    });
    return thread;
  }
}
