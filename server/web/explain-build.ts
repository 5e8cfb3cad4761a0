import { isFinal } from "#lib/builds/state.ts";
import type { Build } from "#lib/contracts/build.ts";
import type { Explanation, FailureRule, PlacedCause } from "#lib/contracts/failure-rule.ts";
import type { SnapshotManifest } from "#lib/contracts/snapshot.ts";
import { explain, type FailedDescription, ownRules } from "#lib/kiwi/explain/index.ts";
import { createReader } from "#lib/kiwi/language/reading.ts";
import { splitId } from "#server/workspace/image-file.ts";
import { readManifest, readSnapshotFile } from "#server/workspace/snapshot-file.ts";
import { readText } from "#server/workspace/text-file.ts";
import { readBuildLog } from "./build-log.ts";
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
  const manifest = await readManifest(services.config.paths.snapshots, build.snapshot);
  const description = manifest === null ? null : descriptionOf(services, manifest);
  const failed = { type: build.type, reason: build.reason, failed: build.state !== "succeeded" };
  const explanations = explain(log, failed, description, rules);
  for (const explanation of explanations) {
    explanation.evidence = explanation.evidence.map((one) => ({ ...one, line: one.line + linesBefore }));
    explanation.places = await Promise.all(
      explanation.places.map((place) => inTodaysFile(services.config.workspaceDir, build.description, place)),
    );
  }
  return { explanations, rulesProblem: site.problem };
}

/** The files as they were built. */
function descriptionOf({ config }: Services, manifest: SnapshotManifest): FailedDescription {
  const read = (path: string) => readSnapshotFile(config.paths.snapshots, manifest, path);
  const { imageFile } = manifest;
  const reading = createReader({ xmlThroughMarkup: false })({
    path: imageFile,
    text: read(imageFile) ?? "",
    read,
    mains: [imageFile],
  });
  const [{ main, fragments }] = reading.contexts;
  return { documents: [main, ...fragments], read };
}

/** Follows a line to where it stands today; what is not there any more keeps its old number. */
async function inTodaysFile(workspace: string, description: string, place: PlacedCause): Promise<PlacedCause> {
  const { folder } = splitId(description);
  const file = await readText(workspace, folder, place.file).catch(() => null);
  const lines = file?.text.split("\n") ?? [];
  const same = lines.flatMap((line, index) => (line.trim().startsWith(place.text) ? [index + 1] : []));
  const [nearest] = same.sort((one, other) => Math.abs(one - place.line) - Math.abs(other - place.line));
  return nearest === undefined ? place : { ...place, line: nearest };
}
