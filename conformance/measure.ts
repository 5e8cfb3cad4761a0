import type { TestKiwi } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { type Agreement, compare } from "./agreement.ts";
import { type Completions, measureCompletions } from "./completions.ts";
import { compareEdits, type Edited } from "./edited.ts";
import { jingVersion } from "./jing.ts";
import { startKiwiJudge } from "./kiwi-judge.ts";
import { measurePlaces, type Places } from "./places.ts";
import { measureRobustness, type Robustness } from "./robustness.ts";
import { suites } from "./suites.ts";

/** How many cases of each suite. */
export interface Sizes {
  mutants: number;
  corruptions: number;
  "old versions": number;
  includes: number;
  places: number;
  completions: number;
  edits: number;
  truncations: number;
}

export const full: Sizes = {
  mutants: 10_000,
  corruptions: 10_000,
  "old versions": 3000,
  includes: 300,
  places: 4000,
  completions: 4000,
  edits: 50_000,
  truncations: 20_000,
};

/** Everything that was measured of one KIWI's schema. */
export interface Measured {
  version: string;
  schema: string;
  seed: number;
  libraries: { lxml: string; libxml2: string };
  jing: string | null;
  agreements: Agreement[];
  /** Null where there is no jing to compare with. */
  places: Places | null;
  completions: Completions;
  edited: Edited;
  robustness: Robustness;
}

/** Takes all measures of one KIWI. */
export async function measure(
  kiwi: TestKiwi,
  seed: number,
  sizes: Sizes,
  say: (progress: string) => void = () => undefined,
): Promise<Measured> {
  const judge = await startKiwiJudge(kiwi);
  const { version } = kiwi;
  const tell = (what: string) => say(`KIWI ${version}: ${what}`);
  try {
    const jing = await jingVersion();
    tell("completions");
    const completions = measureCompletions(kiwi, seed, sizes.completions);
    tell("places");
    const places = jing === null ? null : await measurePlaces(kiwi, seed, sizes.places);
    const agreements: Agreement[] = [];
    for (const suite of suites(kiwi)) {
      const count = sizes[suite.name as keyof Sizes] ?? suite.limit;
      agreements.push(await compare(kiwi, judge, suite, seed, count, (done) => tell(`${suite.name} ${done}`)));
    }
    tell("edits");
    const edited = compareEdits(kiwi, seed, sizes.edits, (done) => tell(`edits ${done}`));
    tell("robustness");
    const robustness = await measureRobustness(kiwi, seed, sizes.truncations);
    const schema = kiwi.schema().version ?? "?";
    return {
      version,
      schema,
      seed,
      libraries: judge.libraries,
      jing,
      agreements,
      places,
      completions,
      edited,
      robustness,
    };
  } finally {
    judge.close();
  }
}
