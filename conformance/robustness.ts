import { Worker } from "node:worker_threads";
import { createLanguage } from "#lib/kiwi/language/index.ts";
import { requestFor } from "#lib/kiwi/language/testing/marked.test-support.ts";
import type { TestKiwi } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { seeded } from "./random.ts";
import { realDescriptions } from "./sources.ts";

/** Memory of the thread that judges hostile texts; the schema and all texts together must do with it. */
export const memoryMegabytes = 400;
/** No text of a megabyte may keep the editor waiting longer. */
export const limitMilliseconds = 500;

/** Characters of the texts, and of the longest one. */
const megabyte = { size: 1_000_000, garbage: 10_000_000 };

export interface HostileQuestion {
  kiwi: string;
  /** Characters of each text. */
  size: number;
  /** Characters of the longest noise. */
  garbage: number;
}

/** What judging one hostile text took. */
export interface Judged {
  name: string;
  length: number;
  errors: number;
  /** The worst of several times. */
  milliseconds: number;
  /** Patterns in the table of the grammar after it. */
  patterns: number;
}

export interface Robustness {
  /** A sound description of the same size. */
  sound: Judged;
  hostile: Judged[];
  truncations: Truncations;
}

/** How many beginnings of real descriptions were judged, and how many there are: one for each byte. */
export interface Truncations {
  judged: number;
  all: number;
}

/** Judges hostile texts of a megabyte, and truncated descriptions. Rejects where anything is thrown. */
export async function measureRobustness(kiwi: TestKiwi, seed: number, size: number): Promise<Robustness> {
  return { ...(await judgeHostile(kiwi, megabyte)), truncations: judgeTruncations(kiwi, seed, size) };
}

/** Judges hostile texts. Rejects where they throw, or need more memory than there is. */
export async function judgeHostile(
  { version }: TestKiwi,
  question: Omit<HostileQuestion, "kiwi">,
): Promise<Omit<Robustness, "truncations">> {
  const judged: Judged[] = [];
  const thread = new Worker(new URL("./hostile-thread.ts", import.meta.url), {
    workerData: { ...question, kiwi: version } satisfies HostileQuestion,
    resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes },
  });
  await new Promise<void>((resolve, reject) => {
    thread.on("message", (one: Judged) => judged.push(one));
    thread.on("error", reject);
    thread.on("exit", () => resolve());
  });
  const [sound, ...hostile] = judged;
  if (sound === undefined) throw new Error("nothing was judged");
  return { sound, hostile };
}

/**
 * Judges the beginnings of all real descriptions, that part of them at random, or with 1 each of them: cut off at every
 * byte. None must throw.
 */
export function judgeTruncations(kiwi: TestKiwi, seed: number, part: number): Truncations {
  const random = seeded(seed);
  const options = { schema: kiwi.schema(), kiwiVersion: kiwi.version, schemaVersion: null };
  const truncations: Truncations = { judged: 0, all: 0 };
  for (const { text } of realDescriptions()) {
    const bytes = new TextEncoder().encode(text);
    truncations.all += bytes.length;
    for (let length = 0; length < bytes.length; length++) {
      if (random.below(1e6) >= part * 1e6) continue;
      createLanguage(options).validate(requestFor(new TextDecoder().decode(bytes.subarray(0, length))));
      truncations.judged++;
    }
  }
  return truncations;
}
