import { isFinal } from "#lib/builds/state.ts";
import type { Build } from "#lib/contracts/build.ts";
import type { Explanation, FailureRule } from "#lib/contracts/failure-rule.ts";
import { explain, ownRules } from "#lib/kiwi/explain/index.ts";
import { readBuildLog } from "./build-log.ts";
import { builtDescription, inTodaysFile } from "./built-description.ts";
import { readSiteRules } from "./failure-rules.ts";
import type { Services } from "./services.ts";

export interface BuildExplanation {
  explanations: Explanation[];
  /** What is wrong with the site's own rules; null where nothing is. */
  rulesProblem: string | null;
}

/**
 * Why a build ended as it did, and where in the description that is to be mended. Empty for builds that go on. Places
 * are those of today's files, as far as the lines that were built are still there. Throws BuilderUnreachable.
 */
export async function explainBuild(services: Services, build: Build): Promise<BuildExplanation> {
  const site = await readSiteRules(services.config.dataDir);
  if (!isFinal(build.state) || build.state === "cancelled") return { explanations: [], rulesProblem: site.problem };
  // The site knows its own failures best.
  const rules: readonly FailureRule[] = [...site.rules, ...ownRules];
  const { log, linesBefore } = await readBuildLog(services, build);
  const built = await builtDescription(services, build);
  const description = built && {
    documents: [built.composition.main, ...built.composition.fragments],
    read: built.read,
  };
  const failed = { type: build.type, reason: build.reason, failed: build.state !== "succeeded" };
  const explanations = explain(log, failed, description, rules);
  for (const explanation of explanations) {
    explanation.evidence = explanation.evidence.map((one) => ({ ...one, line: one.line + linesBefore }));
    explanation.places = await Promise.all(explanation.places.map((place) => inTodaysFile(services, build, place)));
  }
  return { explanations, rulesProblem: site.problem };
}
