import { parentPort, workerData } from "node:worker_threads";
import { repositoryAgent } from "#server/kiwi/index.ts";
import { Catalogues } from "./catalogues.ts";
import type { Reply, Task, ThreadData } from "./task.ts";

/** Keeps what repositories offer in a thread of its own: lists are long, and come from anywhere. */

const { folder, architecture, proxy } = workerData as ThreadData;
const catalogues = new Catalogues({ folder, architecture, dispatcher: repositoryAgent(proxy, 15_000) });

parentPort?.on("message", async ({ id, question }: Task) => {
  const { repositories } = question;
  const reply = await (
    question.kind === "look-up"
      ? catalogues.lookUp(repositories, question.names)
      : catalogues.search(repositories, question.text, question.limit)
  ).then(
    (answer): Reply => ({ id, answer }),
    (error: unknown): Reply => ({ id, problem: error instanceof Error ? error.message : String(error) }),
  );
  parentPort?.postMessage(reply);
});
