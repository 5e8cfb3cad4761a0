import { TRPCError } from "@trpc/server";
import type { Build, BuildRequest } from "#lib/contracts/build.ts";
import type { BuilderStatus } from "#lib/contracts/builder.ts";
import type { DescriptionFacts } from "#lib/contracts/description.ts";
import { getBuild, submitBuild } from "#server/db/index.ts";
import { getDescription } from "#server/workspace/read-description.ts";
import { takeSnapshot } from "#server/workspace/snapshot.ts";
import { judgeSnapshot } from "./judge-snapshot.ts";
import type { Services } from "./services.ts";

/**
 * Takes a snapshot of the description as it is now and queues its build. The description is looked up by its id in the
 * workspace, unless a folder of its own is named for it. Throws TRPCError for what cannot be built, before anything is
 * queued.
 */
export async function startBuild(
  services: Services,
  request: BuildRequest,
  user: string,
  source = { workspace: services.config.workspaceDir, id: request.description },
): Promise<Build> {
  const status = await readyBuilder(services);
  const description = await getDescription(source.workspace, source.id);
  if (description.facts) checkChoice(description.facts, request);
  const { snapshots } = services.config.paths;
  const { id, manifest } = await takeSnapshot(source.workspace, source.id, snapshots);
  // Judged is what would be built, whatever happens to the files on disk meanwhile.
  if (status.kiwi !== null) judgeSnapshot(await services.language.of(status.kiwi), snapshots, manifest);
  if (!description.facts) throw refused(`The description cannot be read. ${description.error ?? ""}`.trim());
  return submitBuild(await services.database(), {
    request,
    snapshot: id,
    imageName: description.facts.name,
    imageVersion: description.facts.version ?? null,
    requestedBy: user,
    architecture: architectureOf(request.architecture, status),
  });
}

/** Builds the same snapshot with the same choices again. */
export async function rerunBuild(services: Services, id: string, user: string): Promise<Build> {
  const status = await readyBuilder(services);
  const database = await services.database();
  const build = await getBuild(database, id);
  if (!build) throw new TRPCError({ code: "NOT_FOUND", message: "There is no such build." });
  const { description, profiles, type, snapshot, imageName, imageVersion } = build;
  return submitBuild(database, {
    request: { description, profiles, ...(type === null ? {} : { type }) },
    snapshot,
    imageName,
    imageVersion,
    requestedBy: user,
    architecture: architectureOf(build.architecture, status),
  });
}

async function readyBuilder(services: Services): Promise<BuilderStatus> {
  const status = await services.builder.status();
  if (status.problem !== null) throw new TRPCError({ code: "PRECONDITION_FAILED", message: status.problem });
  return status;
}

/** Mistakes that KIWI would find only after the build was queued. */
function checkChoice(facts: DescriptionFacts, request: BuildRequest): void {
  const unknown = request.profiles.find((name) => !facts.profiles.some((profile) => profile.name === name));
  if (unknown !== undefined) throw refused(`The description has no profile "${unknown}".`);
  if (request.type !== undefined && !facts.types.some((type) => type.image === request.type))
    throw refused(`The description has no build type "${request.type}".`);
}

/** The queue's name: only this host's builder takes builds, so another architecture would wait forever. */
function architectureOf(wanted: string | undefined, status: BuilderStatus): string {
  const own = status.architecture;
  if (own === null)
    throw new TRPCError({ code: "PRECONDITION_FAILED", message: "The builder does not say what it is." });
  if (wanted !== undefined && wanted !== own) throw refused(`The builder builds images for ${own} only.`);
  return own;
}

function refused(message: string): TRPCError {
  return new TRPCError({ code: "BAD_REQUEST", message });
}
