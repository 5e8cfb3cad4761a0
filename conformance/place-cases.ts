import { vocabulary } from "#lib/kiwi/language/testing/mutants.test-support.ts";
import type { TestKiwi } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { findings } from "./findings.ts";
import { type Mutant, mutate } from "./mutants.ts";
import { seeded } from "./random.ts";
import { asNewest, pruned, rewritten, soundDescriptions } from "./sources.ts";

type Maker = (seed: number, number: number) => Mutant;

/** Makes descriptions with one fault, each fourth with several; the same for the same seed. */
export function mutants(kiwi: TestKiwi): Maker {
  return maker(
    kiwi,
    soundDescriptions(kiwi).flatMap((source) => asNewest(source, kiwi) ?? []),
    (number) => (number % 4 < 3 ? 1 : 2 + ((number >> 2) % 3)),
  );
}

/** Makes descriptions of older schema versions with one fault: of real ones, or else of real ones that are dated back. */
export function olderMutants(kiwi: TestKiwi): Maker {
  const sound = soundDescriptions(kiwi);
  const real = sound.filter(({ version }) => version < Number(kiwi.schema().version)).map(({ text }) => text);
  const dated = sound
    .map(({ text }) => text.replace(/schemaversion="[^"]*"/, 'schemaversion="7.4"'))
    .filter((text) => findings(kiwi, text).length === 0);
  return maker(kiwi, real.length > 0 ? real : dated, () => 1);
}

function maker(kiwi: TestKiwi, originals: readonly string[], faults: (number: number) => number): Maker {
  const words = vocabulary(kiwi.schema());
  return (seed, number) => {
    const random = seeded(Math.imul(seed, 0x85ebca6b) + number);
    const text = rewritten(pruned(random.pick(originals), random), random, true);
    return mutate(text, words, random, faults(number));
  };
}

/** The texts of a case, to be looked at. */
export function placeTexts(kiwi: TestKiwi, seed: number, number: number): string[] {
  return [mutants(kiwi), olderMutants(kiwi)].map((make) => make(seed, number).text);
}
