import type { Build } from "#lib/contracts/build.ts";
import type { BuildComparison } from "#lib/contracts/build-comparison.ts";
import { firstDifferences } from "#lib/kiwi/log/difference.ts";
import { lastGoodBuild } from "#server/db/index.ts";
import { readBuildLog } from "./build-log.ts";
import { descriptionDifference } from "./description-difference.ts";
import type { Services } from "./services.ts";

const MOST_LINES = 5;

/**
 * What is different from the last good build of the same description, type and profiles; null where there is none.
 * Throws BuilderUnreachable.
 */
export async function compareWithLastGood(services: Services, build: Build): Promise<BuildComparison | null> {
  const good = await lastGoodBuild(await services.database(), build);
  if (good === null) return null;
  const [ours, theirs] = await Promise.all([readBuildLog(services, build), readBuildLog(services, good)]);
  const lines = firstDifferences(ours.log, theirs.log, MOST_LINES);
  return {
    good: { id: good.id, endedAt: good.endedAt },
    lines: lines.map(({ line, text }) => ({ line: line + ours.linesBefore, text })),
    ...(await descriptionDifference(services.config.paths.snapshots, good, build)),
  };
}
