import type { TestKiwi } from "#lib/kiwi/language/testing/schema.test-support.ts";
import type { KiwiJudge } from "./kiwi-judge.ts";
import { ourVerdict } from "./our-verdict.ts";
import type { Suite } from "./suites.ts";
import { difference, type Verdict } from "./verdict.ts";

/** A description that we and KIWI do not agree on, and what it takes to make it again. */
export interface Disagreement {
  suite: string;
  kiwi: string;
  seed: number;
  number: number;
  what: string;
  ours: Verdict;
  theirs: Verdict;
  text: string;
}

export interface Agreement {
  suite: Suite;
  compared: number;
  /** Descriptions of which we say ourselves that we did not check them. */
  unchecked: number;
  /** What KIWI said of them, the first that applies. */
  theirs: { notWellFormed: number; refused: number; relaxng: number; rules: number; valid: number };
  /** Descriptions that break Schematron rules, whatever else they break. */
  broken: number;
  disagreements: Disagreement[];
}

/** So many questions wait for answers at a time. */
const batch = 100;

/** Asks KIWI and us about the first `count` descriptions of a suite. */
export async function compare(
  kiwi: TestKiwi,
  judge: KiwiJudge,
  suite: Suite,
  seed: number,
  count: number,
  onProgress: (done: number) => void = () => undefined,
): Promise<Agreement> {
  const theirs = { notWellFormed: 0, refused: 0, relaxng: 0, rules: 0, valid: 0 };
  const agreement: Agreement = { suite, compared: 0, unchecked: 0, broken: 0, theirs, disagreements: [] };
  const total = Math.min(count, suite.limit);
  for (let from = 0; from < total; from += batch) {
    const numbers = Array.from({ length: Math.min(batch, total - from) }, (_, i) => from + i);
    const questions = numbers.map((number) => suite.question(seed, number));
    const answers = judge.judge(questions);
    const ours = questions.map((question) => ourVerdict(kiwi, question));
    for (const [i, answer] of (await answers).entries()) {
      const [question, own] = [questions[i], ours[i]];
      if (question === undefined || own === undefined) continue;
      if (own === null) {
        agreement.unchecked++;
        continue;
      }
      agreement.compared++;
      theirs[kindOf(answer, question.ask)]++;
      if ((answer.rules ?? []).length > 0) agreement.broken++;
      const what = own.error ?? difference(own, answer, question.ask);
      if (what === null) continue;
      const text = new TextDecoder().decode(question.text);
      const number = numbers[i] ?? 0;
      const { version } = kiwi;
      agreement.disagreements.push({
        suite: suite.name,
        kiwi: version,
        seed,
        number,
        what,
        ours: own,
        theirs: answer,
        text,
      });
    }
    onProgress(from + numbers.length);
  }
  return agreement;
}

function kindOf(verdict: Verdict, ask: string): keyof Agreement["theirs"] {
  if (!verdict.wellFormed) return "notWellFormed";
  if (ask === "syntax") return "valid";
  if (!verdict.upgraded) return "refused";
  if (!verdict.relaxng) return "relaxng";
  return (verdict.rules ?? []).length > 0 ? "rules" : "valid";
}
