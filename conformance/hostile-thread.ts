/**
 * Judges hostile texts in a thread of its own, which ends where it needs more memory than it was given; answers with one
 * message for each. Times are those that the thread worked: what else the machine does counts little.
 */
import { parentPort, workerData } from "node:worker_threads";
import { createLanguage } from "#lib/kiwi/language/index.ts";
import {
  type Hostile,
  hostileTexts,
  imageTypesWithRandomAttributes,
} from "#lib/kiwi/language/testing/hostile.test-support.ts";
import { requestFor } from "#lib/kiwi/language/testing/marked.test-support.ts";
import { vocabulary } from "#lib/kiwi/language/testing/mutants.test-support.ts";
import { testKiwis } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { descriptionOf } from "../bench/descriptions.ts";
import { seeded } from "./random.ts";
import type { HostileQuestion, Judged } from "./robustness.ts";

const rounds = 3;

const { kiwi: version, size, garbage } = workerData as HostileQuestion;
const kiwi = testKiwis.find((one) => one.version === version);
if (kiwi === undefined) throw new Error(`There is no KIWI ${version} here.`);
const schema = kiwi.schema();
const answer = (judged: Judged) => parentPort?.postMessage(judged);

function judge({ name, text: make, files }: Hostile, length: number): Judged {
  // Under the newest version of this KIWI: what is too new for it is not read to its end.
  const text = make(length).replaceAll('schemaversion="8.5"', `schemaversion="${schema.version}"`);
  const request = requestFor(text, files && { files });
  let [errors, milliseconds] = [0, 0];
  for (let round = 0; round < rounds; round++) {
    const language = createLanguage({ schema, kiwiVersion: version, schemaVersion: null });
    const start = process.threadCpuUsage();
    errors = language.validate(request).filter(({ severity }) => severity === "error").length;
    const { user, system } = process.threadCpuUsage(start);
    milliseconds = Math.max(milliseconds, (user + system) / 1000);
  }
  return { name, length: request.text.length, errors, milliseconds, patterns: schema.grammar.patterns.size() };
}

/** Any characters at all, signs of markup among them often. */
function noise(length: number): string {
  const random = seeded(length);
  const signs = "<>&\"'=/ \n!-?[]";
  const piece = Array.from({ length: 100_000 }, () =>
    random.once(3) ? signs[random.below(signs.length)] : String.fromCharCode(random.below(0x300)),
  ).join("");
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}

// What comes first pays for the compiler: its second time counts.
const sound = { name: "a sound description", text: descriptionOf };
judge(sound, size);
answer(judge(sound, size));
const inOneLine = (length: number) => descriptionOf(length).replaceAll("\n", " ");
answer(judge({ name: "a sound description in one line", text: inOneLine }, size));
for (const hostile of hostileTexts) answer(judge(hostile, size));
answer(judge(imageTypesWithRandomAttributes(vocabulary(schema)), size));
answer(judge({ name: "noise", text: noise }, size));
answer(judge({ name: "noise", text: noise }, garbage));
