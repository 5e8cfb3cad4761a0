import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chooseRuntime } from "#lib/builds/runtime.ts";
import type { AttemptSpec } from "#lib/contracts/attempt.ts";
import { type Build, buildRequestSchema } from "#lib/contracts/build.ts";
import { type BuildOptions, passwordsIn, versionedOptionsOf, withPasswords } from "#lib/contracts/build-options.ts";
import type { KiwiInstallation } from "#lib/contracts/builder.ts";
import type { RuntimeStatus } from "#lib/contracts/runtime.ts";
import { buildNeeds, repositoriesToAsk } from "#lib/kiwi/description/build-needs.ts";
import { formatOf } from "#lib/kiwi/formats/format.ts";
import {
  buildCommand,
  credentialFiles,
  differencesOf,
  hostArchitecture,
  hostSettings,
  type RuntimeSettings,
  repositoryStates,
} from "#server/kiwi/index.ts";
import { passwordsOf } from "#server/platform/build-secrets.ts";
import type { Config } from "#server/platform/config.ts";
import { adaptCopy, readerOf } from "./description-copy.ts";
import { KeptRoots } from "./kept-roots.ts";
import { planReuse } from "./plan-reuse.ts";
import { attemptPaths } from "./runner/attempt-folder.ts";
import { materialise } from "./runner/index.ts";

const choiceSchema = buildRequestSchema.pick({ profiles: true, type: true });

/** Seconds that KIWI gets to unmount and end by itself when a build is cancelled. */
const GRACE_SECONDS = 20;

/**
 * Lays out the folder of a new attempt: the description's files as they were when the build was requested. Gives back
 * what the runner is to do. Throws where the snapshot is damaged.
 */
export async function layOut(
  config: Config,
  { kiwi, runtimes }: { kiwi: KiwiInstallation; runtimes: readonly RuntimeStatus[] },
  build: Build,
  dir: string,
): Promise<AttemptSpec> {
  // An earlier daemon may have begun and died; no runner has seen the folder.
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true, mode: 0o755 });
  const description = join(dir, "description");
  const { imageFile } = await materialise(config.paths.snapshots, build.snapshot, description);
  const text = await readFile(join(description, imageFile), "utf8");
  const options = await completeOptions(config, kiwi, build);
  // The web process writes the row: nothing of it may reach KIWI's command line but what a wish may hold.
  const { profiles, type } = choiceSchema.parse({ profiles: build.profiles, type: build.type ?? undefined });
  const choice = { profiles, type, architecture: build.architecture };
  const needs = buildNeeds(imageFile, readerOf(description), choice) ?? {
    type: type ?? "",
    packageManager: null,
    repositories: [],
  };
  const sources = await repositoryStates(repositoriesToAsk(needs, options), config.proxy);
  const chosen = chooseRuntime(options.runtime, { ...needs, kiwiVersion: kiwi.version }, runtimes);
  if ("problem" in chosen) throw new Error(chosen.problem);
  const secrets = await adaptCopy(description, { imageFile, choice, typeAttributes: options.typeAttributes });
  await keepSecrets(dir, options, [...secrets, ...passwordsOfProxies(config.proxy)]);
  const order = {
    attemptDir: dir,
    imageFile,
    format: formatOf(imageFile, text),
    profiles,
    ...(type === undefined ? {} : { type }),
    ...(build.architecture === hostArchitecture() ? {} : { architecture: build.architecture }),
    options,
    proxy: config.proxy,
    settings: { ...(await hostSettings()), ...compressionOf(options) },
  };
  const { command, createCommand, environment, runtimeConfig } = buildCommand(kiwi, order);
  const plan = await planReuse(new KeptRoots(config.paths.roots, config.reuseBytes), {
    ...{ build, kiwi, order, architecture: build.architecture, runtime: chosen.runtime, sources },
    read: readerOf(description),
  });
  return {
    format: 1,
    buildId: build.id,
    attempt: build.attempt,
    command: plan.command ?? command,
    ...(plan.packages === undefined ? {} : { packages: plan.packages }),
    reuse: plan.reuse,
    createCommand,
    environment,
    ...(runtimeConfig === null ? {} : { runtimeConfig }),
    kiwiVersion: kiwi.version,
    graceSeconds: GRACE_SECONDS,
    limits: config.limits,
    runtime: chosen.runtime,
    sources,
    hidden: await foldersToHide(config, build.id),
  };
}

/** Less work for more bytes. All cores is KIWI's own choice, which other words would undo. */
function compressionOf({ compression }: BuildOptions): RuntimeSettings {
  return compression === "preview" ? { xzOptions: "-0 --threads=0" } : {};
}

/** Everything of ours that is not of this build: of the data folder all but KIWI, of the builds all but this one. */
async function foldersToHide({ paths }: Config, buildId: string): Promise<string[]> {
  const others = (await readdir(paths.builds)).filter((name) => name !== buildId);
  const { run, roots, database, secrets, snapshots, logs, web } = paths;
  return [run, roots, database, secrets, snapshots, logs, web, ...others.map((name) => join(paths.builds, name))];
}

/** The options together with their passwords. Throws where they cannot be followed. */
async function completeOptions(config: Config, kiwi: KiwiInstallation, { id, options }: Build): Promise<BuildOptions> {
  const { missingOptions } = differencesOf(kiwi.version);
  const missing = versionedOptionsOf(options).find((option) => missingOptions.includes(option));
  if (missing !== undefined) throw new Error(`KIWI ${kiwi.version} has no option for ${missing}.`);
  if (passwordsIn(options).length === 0) return options;
  const complete = withPasswords(options, (await passwordsOf(config.paths.secrets, id)) ?? []);
  if (complete === null) throw new Error("The passwords of its repositories are not there any more; start it anew.");
  return complete;
}

/** Writes what KIWI is to read from files, and what its log must not show. The folder goes when the attempt ends. */
async function keepSecrets(dir: string, options: BuildOptions, secrets: readonly string[]): Promise<void> {
  const paths = attemptPaths(dir);
  await mkdir(paths.secrets, { mode: 0o700 });
  for (const { file, text } of credentialFiles(options))
    await writeFile(join(paths.secrets, file), text, { mode: 0o600 });
  await writeFile(paths.masks, JSON.stringify([...secrets, ...passwordsIn(options)]), { mode: 0o600 });
}

function passwordsOfProxies(proxy: Readonly<Record<string, string>>): string[] {
  return Object.values(proxy).flatMap((address) => /:\/\/[^/@]*?:([^/@]+)@/.exec(address)?.[1] ?? []);
}
