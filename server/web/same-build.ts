import { differentInputs } from "#lib/builds/same-build.ts";
import type { BuildRequest } from "#lib/contracts/build.ts";
import { buildOptionsSchema } from "#lib/contracts/build-options.ts";
import { buildNeeds, repositoriesToAsk } from "#lib/kiwi/description/build-needs.ts";
import { listBuilds } from "#server/db/index.ts";
import { takeSnapshot } from "#server/workspace/snapshot.ts";
import { readSnapshotFile } from "#server/workspace/snapshot-file.ts";
import type { Services } from "./services.ts";

/** How many of a description's builds are looked at, from the newest on. */
const MOST = 50;

/** A build that succeeded with the description's files as they are now. */
export type SameBuild = {
  id: string;
  endedAt: string | null;
  /** What a new build would be made of otherwise; none = it would be made of exactly the same. */
  differences: string[];
};

/**
 * The newest good build of what the request asks for, from the files as they are now; null where there is none.
 * Throws BuilderUnreachable.
 */
export async function findSameBuild(services: Services, request: BuildRequest): Promise<SameBuild | null> {
  const { workspaceDir, paths } = services.config;
  const { description, profiles, options = buildOptionsSchema.parse({}) } = request;
  const [database, status] = await Promise.all([services.database(), services.builder.status()]);
  const architecture = request.architecture ?? status.architecture ?? "";
  const { id, manifest } = await takeSnapshot(workspaceDir, description, paths.snapshots);
  const wish = JSON.stringify([profiles, request.type ?? null, architecture, id]);
  const builds = await listBuilds(database, { description, limit: MOST });
  const earlier = builds.find(
    (one) =>
      one.state === "succeeded" &&
      one.removed === null &&
      JSON.stringify([one.profiles, one.type, one.architecture, one.snapshot]) === wish,
  );
  if (earlier === undefined) return null;
  const read = (path: string) => readSnapshotFile(paths.snapshots, manifest, path);
  const needs = buildNeeds(manifest.imageFile, read, { profiles, type: request.type, architecture });
  const sources = needs && (await services.builder.sources(repositoriesToAsk(needs, options)));
  const kiwiVersion = status.kiwi?.version ?? null;
  const differences = differentInputs(earlier, { ...earlier, options, kiwiVersion, sources });
  return { id: earlier.id, endedAt: earlier.endedAt, differences };
}
