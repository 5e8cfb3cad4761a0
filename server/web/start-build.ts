import { TRPCError } from "@trpc/server";
import { runtimeObstacle } from "#lib/builds/runtime.ts";
import type { Build, BuildRequest } from "#lib/contracts/build.ts";
import {
  type BuildOptions,
  passwordsIn,
  repositoriesOf,
  type VersionedOption,
  versionedOptionsOf,
} from "#lib/contracts/build-options.ts";
import type { BuilderStatus } from "#lib/contracts/builder.ts";
import type { DescriptionFacts } from "#lib/contracts/description.ts";
import { buildNeeds } from "#lib/kiwi/description/build-needs.ts";
import type { ReadText } from "#lib/kiwi/description/editable.ts";
import { overrideType } from "#lib/kiwi/description/override-type.ts";
import { getBuild, newBuildId, type Submission, submitBuild } from "#server/db/index.ts";
import { forgetPasswords, keepPasswords } from "#server/platform/build-secrets.ts";
import { splitId } from "#server/workspace/image-file.ts";
import { getDescription } from "#server/workspace/read-description.ts";
import { readRuleSettings } from "#server/workspace/rule-settings.ts";
import { takeSnapshot } from "#server/workspace/snapshot.ts";
import { readSnapshotFile } from "#server/workspace/snapshot-file.ts";
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
  checkOptions(request.options, status);
  const { snapshots } = services.config.paths;
  const { id, manifest } = await takeSnapshot(source.workspace, source.id, snapshots);
  // Judged is what would be built, whatever happens to the files on disk meanwhile.
  const stored = (path: string) => readSnapshotFile(snapshots, manifest, path);
  const architecture = architectureOf(request.architecture, status);
  const changed = withAttributes(manifest.imageFile, stored, request, architecture);
  const language = status.kiwi === null ? null : await services.language.of(status.kiwi);
  if (language !== null) {
    judgeSnapshot(language, manifest, (path) => changed?.get(path) ?? stored(path), {
      choice: { profiles: request.profiles, type: request.type ?? null, architecture },
      settings: await readRuleSettings(source.workspace, splitId(source.id).folder),
      repositories: request.options !== undefined && repositoriesOf(request.options).length > 0,
    });
  }
  checkRuntime(manifest.imageFile, stored, request, status);
  if (!description.facts) throw refused(`The description cannot be read. ${description.error ?? ""}`.trim());
  return submit(services, {
    request,
    snapshot: id,
    imageName: description.facts.name,
    imageVersion: description.facts.version ?? null,
    requestedBy: user,
    architecture,
  });
}

/** The submission is given an id first, under which the builder finds its passwords. */
async function submit(services: Services, submission: Submission): Promise<Build> {
  const database = await services.database();
  const passwords = submission.request.options === undefined ? [] : passwordsIn(submission.request.options);
  if (passwords.length === 0) return submitBuild(database, submission);
  const [folder, id] = [services.config.paths.secrets, newBuildId()];
  await keepPasswords(folder, id, passwords);
  try {
    return await submitBuild(database, { ...submission, id });
  } catch (error) {
    await forgetPasswords(folder, id);
    throw error;
  }
}

/** The description's files in which the wanted attributes of the type are set. */
function withAttributes(
  imageFile: string,
  read: ReadText,
  { profiles, type, options }: BuildRequest,
  architecture: string,
): Map<string, string> | null {
  const attributes = options?.typeAttributes ?? {};
  if (Object.keys(attributes).length === 0) return null;
  const changed = overrideType(imageFile, read, { profiles, type, architecture }, attributes);
  if (changed === null) throw refused("The description has no such type whose attributes could be set.");
  return changed;
}

/** Builds the same snapshot with the same choices again. */
export async function rerunBuild(services: Services, id: string, user: string): Promise<Build> {
  const status = await readyBuilder(services);
  const database = await services.database();
  const build = await getBuild(database, id);
  if (!build) throw new TRPCError({ code: "NOT_FOUND", message: "There is no such build." });
  const { description, profiles, type, snapshot, imageName, imageVersion, options } = build;
  checkOptions(options, status);
  return submitBuild(database, {
    request: { description, profiles, options, ...(type === null ? {} : { type }) },
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

const WORDS: Record<VersionedOption, string> = {
  releaseVersion: "the release version",
  caCertificates: "CA certificates",
  sourceType: "the source type of a repository",
};

function checkOptions(options: BuildOptions | undefined, { kiwi, missingOptions }: BuilderStatus): void {
  if (options === undefined) return;
  const missing = versionedOptionsOf(options).find((option) => missingOptions.includes(option));
  if (missing !== undefined) throw refused(`KIWI ${kiwi?.version} has no option for ${WORDS[missing]}.`);
  const open = repositoriesOf(options).find(({ credentials }) => credentials?.password === "");
  if (open !== undefined)
    throw refused(`The password for ${open.source} is missing; passwords are not kept when a build is over.`);
  if (options.caCertificates.length > 0 && options.caDistribution === undefined)
    throw refused("CA certificates need the distribution whose tools install them.");
}

/** A runtime that was wished for must serve what is built. */
function checkRuntime(imageFile: string, read: ReadText, request: BuildRequest, status: BuilderStatus): void {
  const { profiles, type, options } = request;
  if (options?.runtime === undefined) return;
  const needs = buildNeeds(imageFile, read, { profiles, type, architecture: status.architecture ?? "" });
  const kiwiVersion = status.kiwi?.version ?? "";
  const obstacle = runtimeObstacle(options.runtime, { type: needs?.type ?? "", kiwiVersion }, status.runtimes);
  if (obstacle !== null) throw refused(obstacle);
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
