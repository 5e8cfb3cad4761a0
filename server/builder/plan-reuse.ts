import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { changedInputs } from "#lib/builds/package-inputs.ts";
import type { AttemptSpec } from "#lib/contracts/attempt.ts";
import type { Build } from "#lib/contracts/build.ts";
import { type BuildOptions, withoutPasswords } from "#lib/contracts/build-options.ts";
import type { PackageInputs, Reuse } from "#lib/contracts/reuse.ts";
import type { RuntimeName } from "#lib/contracts/runtime.ts";
import type { Sources } from "#lib/contracts/sources.ts";
import type { ReadText } from "#lib/kiwi/description/editable.ts";
import { stagesOf } from "#lib/kiwi/description/stages.ts";
import { type BuildOrder, PACKAGES_ARCHIVE, STAGES, stageCommands } from "#server/kiwi/index.ts";
import type { KeptRoots } from "./kept-roots.ts";
import { hashFolder, layOutStages } from "./stages.ts";

/** Everything that decides what a build may take over. */
export type ReuseOrder = {
  build: Pick<Build, "id" | "description">;
  kiwi: Parameters<typeof stageCommands>[0];
  order: BuildOrder & { options: BuildOptions };
  architecture: string;
  runtime: RuntimeName;
  sources: Sources;
  read: ReadText;
};

/** What is to be done in the place of a whole `system prepare`; `packages` and `command` are absent where nothing is. */
export type ReusePlan = { reuse: Reuse; packages?: NonNullable<AttemptSpec["packages"]>; command?: string[] };

/**
 * Decides whether a build takes over packages that an earlier one has installed, and lays out in the attempt's folder what
 * it needs for that. The description in there is complete.
 */
export async function planReuse(roots: KeptRoots, wish: ReuseOrder): Promise<ReusePlan> {
  const { build, kiwi, order, architecture, sources, read } = wish;
  const { attemptDir, imageFile, options, profiles, type } = order;
  if (options.fromNothing) return own("A build from nothing was asked for.");
  if (options.containerDerivedFrom !== undefined) return own("A derived container is always built from nothing.");
  if (!roots.any) return own("This builder keeps nothing for later builds (KIWI_WORKBENCH_REUSE).");
  const stages = stagesOf(imageFile, read, { profiles, type, architecture });
  if ("obstacle" in stages) return own(stages.obstacle);
  const [unknown] = Object.entries(sources).find(([, state]) => state === null) ?? [];
  if (unknown !== undefined) return own(`It cannot be told whether the repository ${unknown} changes.`);
  await layOutStages(attemptDir, stages);
  const inputs: PackageInputs = {
    kiwi: `${kiwi.command} ${kiwi.version}`,
    architecture,
    runtime: wish.runtime,
    tools: await hostTools(),
    description: hash([[...stages.deciding], profiles, stages.typeDecides ? type : null]),
    files: await hashFolder(join(attemptDir, STAGES.packages), stages.deciding.keys()),
    options: hash(decidingOptions(options)),
    repositories: hash(Object.entries(sources).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
  const key = hash(inputs);
  await roots.trim();
  const kept = await roots.find(key);
  if (kept?.obstacle !== undefined) return own(kept.obstacle);
  const reused = kept !== null && (await roots.take(key, join(attemptDir, PACKAGES_ARCHIVE)));
  const { packages, configuration, runtimeConfig } = stageCommands(kiwi, order);
  const note = { build: build.id, description: build.description, inputs };
  const plan = { command: packages, reused, kept: roots.place(key), note, runtimeConfig };
  if (kept !== null && reused)
    return {
      reuse: { packages: "reused", reason: null, from: kept.build },
      packages: plan,
      command: configuration,
    };
  const last = await roots.newest(build.description);
  const changed = last === null ? [] : changedInputs(last, inputs);
  const reason = changed.length > 0 ? changed.join(" ") : "No build of the same packages is kept.";
  return { reuse: { packages: "kept", reason }, packages: plan, command: configuration };
}

const own = (reason: string): ReusePlan => ({ reuse: { packages: "own", reason } });

const hash = (value: unknown) => createHash("sha256").update(JSON.stringify(value)).digest("hex");

/** What KIWI makes of the others, it makes when the packages are there. */
function decidingOptions(options: BuildOptions): unknown {
  const { environment, signingKeys, caCertificates, caDistribution, releaseVersion } = options;
  const { descriptionRepositories, replaceRepository, addRepositories } = withoutPasswords(options);
  const { addPackages, addBootstrapPackages, deletePackages } = options;
  return [
    ...[environment, signingKeys, caCertificates, caDistribution, releaseVersion],
    ...[descriptionRepositories, replaceRepository, addRepositories],
    ...[addPackages, addBootstrapPackages, deletePackages],
  ];
}

/** Versions of the programs of the host that choose and unpack packages. */
async function hostTools(): Promise<string> {
  const ask = (program: string) =>
    promisify(execFile)(program, ["--version"]).then(
      ({ stdout }) => stdout.split("\n")[0] ?? "",
      () => "",
    );
  return (await Promise.all(["apt-get", "dpkg", "debootstrap"].map(ask))).join(", ");
}
