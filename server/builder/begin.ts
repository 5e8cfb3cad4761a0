import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { AttemptSpec } from "#lib/contracts/attempt.ts";
import { type Build, buildRequestSchema } from "#lib/contracts/build.ts";
import type { KiwiInstallation } from "#lib/contracts/builder.ts";
import { formatOf } from "#lib/kiwi/formats/format.ts";
import { buildCommand, hostArchitecture, hostSettings } from "#server/kiwi/index.ts";
import type { Config } from "#server/platform/config.ts";
import { materialise } from "./runner/index.ts";

const choiceSchema = buildRequestSchema.pick({ profiles: true, type: true });

/** Seconds that KIWI gets to unmount and end by itself when a build is cancelled. */
const GRACE_SECONDS = 20;

/**
 * Lays out the folder of a new attempt: the description's files as they were when the build was requested. Gives back
 * what the runner is to do. Throws where the snapshot is damaged.
 */
export async function layOut(config: Config, kiwi: KiwiInstallation, build: Build, dir: string): Promise<AttemptSpec> {
  // An earlier daemon may have begun and died; no runner has seen the folder.
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true, mode: 0o755 });
  const description = join(dir, "description");
  const { imageFile } = await materialise(config.paths.snapshots, build.snapshot, description);
  const text = await readFile(join(description, imageFile), "utf8");
  // The web process writes the row: nothing of it may reach KIWI's command line but what a wish may hold.
  const { profiles, type } = choiceSchema.parse({ profiles: build.profiles, type: build.type ?? undefined });
  const { command, environment, runtimeConfig } = buildCommand(kiwi, {
    attemptDir: dir,
    imageFile,
    format: formatOf(imageFile, text),
    profiles,
    ...(type === undefined ? {} : { type }),
    ...(build.architecture === hostArchitecture() ? {} : { architecture: build.architecture }),
    proxy: config.proxy,
    settings: await hostSettings(),
  });
  return {
    format: 1,
    buildId: build.id,
    attempt: build.attempt,
    command,
    environment,
    ...(runtimeConfig === null ? {} : { runtimeConfig }),
    kiwiVersion: kiwi.version,
    graceSeconds: GRACE_SECONDS,
  };
}
