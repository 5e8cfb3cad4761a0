import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import { isFinal } from "#lib/builds/state.ts";
import type { Build } from "#lib/contracts/build.ts";
import type { Explanation, FailureRule, OfferedEdit, RemedyEdit } from "#lib/contracts/failure-rule.ts";
import { explain, ownRules } from "#lib/kiwi/explain/index.ts";
import type { Composition } from "#lib/kiwi/language/includes.ts";
import { readBuildLog } from "./build-log.ts";
import { builtDescription, inTodaysFile, todaysDescription } from "./built-description.ts";
import { readSiteRules } from "./failure-rules.ts";
import type { Services } from "./services.ts";

export interface BuildExplanation {
  explanations: Explanation[];
  /** What is wrong with the site's own rules; null where nothing is. */
  rulesProblem: string | null;
}

/**
 * Why a build ended as it did, where in the description that is to be mended, and how. Empty for builds that go on. Places
 * and edits are those of today's files, as far as the lines that were built are still there. Throws BuilderUnreachable.
 */
export async function explainBuild(services: Services, build: Build): Promise<BuildExplanation> {
  const site = await readSiteRules(services.config.dataDir);
  if (!isFinal(build.state) || build.state === "cancelled") return { explanations: [], rulesProblem: site.problem };
  // The site knows its own failures best.
  const rules: readonly FailureRule[] = [...site.rules, ...ownRules];
  const [{ log, linesBefore }, built, today] = await Promise.all([
    readBuildLog(services, build),
    builtDescription(services, build),
    todaysDescription(services, build),
  ]);
  const description = built && { documents: documentsOf(built.composition), read: built.read };
  const now = today && { documents: documentsOf(today.composition) };
  const failed = { type: build.type, reason: build.reason, failed: build.state !== "succeeded" };
  const explanations = await Promise.all(
    explain(log, failed, description, rules, now).map(async (explanation) => ({
      ...explanation,
      evidence: explanation.evidence.map((one) => ({ ...one, line: one.line + linesBefore })),
      places: await Promise.all(explanation.places.map((place) => inTodaysFile(services, build, place))),
      edits: today === null ? [] : offered(explanation.edits, today),
    })),
  );
  return { explanations, rulesProblem: site.problem };
}

const documentsOf = ({ main, fragments }: Composition) => [main, ...fragments];

/** What an author needs to look at the edits and to accept one. */
function offered(
  edits: readonly RemedyEdit[],
  { composition, versions }: { composition: Composition; versions: ReadonlyMap<string, string> },
): OfferedEdit[] {
  const texts = new Map(documentsOf(composition).map(({ path, text }) => [path, text]));
  return edits.flatMap((edit) => {
    const { path, text } = edit;
    const version = versions.get(path);
    if (version === undefined) return [];
    const options = { context: 3, headerOptions: FILE_HEADERS_ONLY };
    const patch = createTwoFilesPatch(path, path, texts.get(path) ?? "", text, undefined, undefined, options);
    return [{ ...edit, version, patch }];
  });
}
