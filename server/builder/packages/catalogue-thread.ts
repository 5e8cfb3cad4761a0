import { parentPort, workerData } from "node:worker_threads";
import { repositoryAgent } from "#server/kiwi/index.ts";
import { Catalogues } from "./catalogues.ts";
import type { Answer, Question, Reply, Task, ThreadData } from "./task.ts";

/** Keeps what repositories offer in a thread of its own: lists are long, and come from anywhere. */

const { proxy, ...store } = workerData as ThreadData;
const catalogues = new Catalogues({ ...store, dispatcher: repositoryAgent(proxy, 15_000) });

const say = (reply: Reply) => parentPort?.postMessage(reply);

function answer(question: Question): Promise<Answer> {
  switch (question.kind) {
    case "look-up":
      return catalogues.lookUp(question.repositories, question.names);
    case "search":
      return catalogues.search(question.repositories, question.text, question.limit);
    case "estimate":
      return catalogues.estimate(question);
  }
}

parentPort?.on("message", ({ id, question }: Task) => {
  answer(question).then(
    (given) => say({ id, answer: given }),
    (error: unknown) => say({ id, problem: error instanceof Error ? error.message : String(error) }),
  );
});
