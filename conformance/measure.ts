import type { TestKiwi } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { type Agreement, compare } from "./agreement.ts";
import { type Completions, measureCompletions } from "./completions.ts";
import { compareEdits, type Edited } from "./edited.ts";
import { jingVersion } from "./jing.ts";
import { startKiwiJudge } from "./kiwi-judge.ts";
import { measurePlaces, type Places } from "./places.ts";
import { measureRobustness, type Robustness } from "./robustness.ts";
import { suites } from "./suites.ts";

/** How many cases of each suite, in full. */
const full = {
  mutants: 10_000,
  rules: 3500,
  corruptions: 10_000,
  "old versions": 3000,
  includes: 300,
  places: 4000,
  completions: 4000,
  "structure edits": 5000,
  edits: 50_000,
};

type SuiteName = keyof typeof full;

/** How many cases of a suite are a part of all. */
export function countOf(suite: SuiteName, size: number): number {
  return Math.ceil(full[suite] * size);
}

/** Their numbers. */
export function numbersOf(suite: SuiteName, size: number): number[] {
  return Array.from({ length: countOf(suite, size) }, (_, number) => number);
}

/** Everything that was measured of one KIWI's schema. */
export interface Measured {
  version: string;
  schema: string;
  seed: number;
  /** The part of the full number of cases. */
  size: number;
  libraries: { lxml: string; libxml2: string };
  jing: string | null;
  agreements: Agreement[];
  /** Null where there is no jing to compare with. */
  places: Places | null;
  completions: Completions;
  edited: Edited;
  robustness: Robustness;
}

/** Takes all measures of one KIWI, with a part of the cases. */
export async function measure(
  kiwi: TestKiwi,
  seed: number,
  size: number,
  say: (progress: string) => void = () => undefined,
): Promise<Measured> {
  const judge = await startKiwiJudge(kiwi);
  const { version } = kiwi;
  const tell = (what: string) => say(`KIWI ${version}: ${what}`);
  try {
    const jing = await jingVersion();
    tell("completions");
    const completions = measureCompletions(kiwi, seed, numbersOf("completions", size));
    tell("places");
    const places = jing === null ? null : await measurePlaces(kiwi, seed, numbersOf("places", size));
    const agreements: Agreement[] = [];
    for (const suite of suites(kiwi)) {
      const wanted = suite.name in full ? countOf(suite.name as SuiteName, size) : suite.limit;
      agreements.push(await compare(kiwi, judge, suite, seed, wanted, (done) => tell(`${suite.name} ${done}`)));
    }
    tell("edits");
    const edited = compareEdits(kiwi, seed, countOf("edits", size), (done) => tell(`edits ${done}`));
    tell("robustness");
    const robustness = await measureRobustness(kiwi, seed, size);
    const schema = kiwi.schema().version ?? "?";
    const { libraries } = judge;
    return { version, schema, seed, size, libraries, jing, agreements, places, completions, edited, robustness };
  } finally {
    judge.close();
  }
}
