import { type FailureRule, failureRuleSchema, type PlainExplanation } from "#lib/contracts/failure-rule.ts";
import type { KiwiLog } from "#lib/kiwi/log/index.ts";
import { findEdits } from "./find-edits.ts";
import { type FailedDescription, findPlaces } from "./find-places.ts";
import { type FailedBuild, fill, readFailure } from "./read-failure.ts";
import { failureRules } from "./rules.ts";

export type { FailedDescription } from "./find-places.ts";
export type { FailedBuild } from "./read-failure.ts";

/** The rules that come with KIWI Workbench. */
export const ownRules: readonly FailureRule[] = failureRules.map((rule) => failureRuleSchema.parse(rule));

/**
 * What a build's log says of its failure, in plain words and with the places in the description that caused it; the
 * cause first, if it is known, then warnings. `description` is null where its files are not known; `today` is the same
 * description as it is now, for which remedies are offered as edits.
 */
export function explain(
  log: KiwiLog,
  build: FailedBuild,
  description: FailedDescription | null,
  rules: readonly FailureRule[] = ownRules,
  today: Pick<FailedDescription, "documents"> | null = description,
): PlainExplanation[] {
  return readFailure(log, build, rules).map(({ rule, facts, evidence }) => ({
    rule: rule.id,
    severity: rule.severity,
    title: fill(rule.title, facts) ?? rule.title,
    cause: fill(rule.cause, facts) ?? rule.cause,
    remedy: fill(rule.remedy, facts) ?? rule.remedy,
    evidence: [...evidence],
    places: description === null ? [] : findPlaces(rule.places, facts, description),
    edits: today === null ? [] : findEdits(rule.edits, facts, today),
  }));
}
