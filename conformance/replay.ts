import type { TestKiwi } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { measureCompletions } from "./completions.ts";
import { type EditDifference, replayEdits } from "./edited.ts";
import { startKiwiJudge } from "./kiwi-judge.ts";
import { ourVerdict } from "./our-verdict.ts";
import { placeTexts } from "./place-cases.ts";
import { measurePlaces } from "./places.ts";
import { measureEdits } from "./structure-edits.ts";
import { suites } from "./suites.ts";
import { difference } from "./verdict.ts";

/** Shows one case again, with all that is said of it. */
export async function replay(kiwi: TestKiwi, seed: number, suite: string, number: number): Promise<void> {
  if (suite === "edits") for (const one of replayEdits(kiwi, seed, number)) showEdit(one);
  else if (suite === "completions") show(measureCompletions(kiwi, seed, [number]).misses);
  else if (suite === "structure edits") show((await measureEdits(seed, [number])).misses);
  else if (suite === "places") {
    for (const text of placeTexts(kiwi, seed, number)) console.log(text);
    show((await measurePlaces(kiwi, seed, [number])).misses);
  } else await replayAgreement(kiwi, seed, suite, number);
}

async function replayAgreement(kiwi: TestKiwi, seed: number, suite: string, number: number): Promise<void> {
  const question = suites(kiwi)
    .find(({ name }) => name === suite)
    ?.question(seed, number);
  if (question === undefined) throw new Error(`There is no suite "${suite}".`);
  const judge = await startKiwiJudge(kiwi);
  const [theirs] = await judge.judge([question]);
  judge.close();
  const ours = ourVerdict(kiwi, question);
  console.log(new TextDecoder().decode(question.text));
  console.log(`KIWI ${kiwi.version}: ${JSON.stringify(theirs, null, 2)}\nours: ${JSON.stringify(ours, null, 2)}`);
  if (ours !== null && theirs !== undefined) console.log(difference(ours, theirs, question.ask) ?? "agreed");
}

function showEdit({ edit, file, what, before, after, kept, anew }: EditDifference): void {
  console.log(`edit ${edit} of ${file}: another ${what}\nbefore:\n${before}\nafter:\n${after}`);
  console.log(`kept: ${JSON.stringify(kept, null, 2)}\nanew: ${JSON.stringify(anew, null, 2)}`);
}

function show(misses: readonly unknown[]): void {
  console.log(misses.length === 0 ? "nothing amiss" : JSON.stringify(misses, null, 2));
}
