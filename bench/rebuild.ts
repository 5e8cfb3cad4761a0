import { execFile } from "node:child_process";
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { KeptRoots } from "#server/builder/kept-roots.ts";
import { buildsFolder, ended } from "#server/builder/runner/attempt-fixture.ts";
import { kiwi, type Order, obstacle, startRealBuild } from "#server/builder/runner/real-build-fixture.ts";
import { differences, listArchive } from "#server/builder/runner/tree-fixture.ts";

/** How long builds take after an edit, as ratios to a `kiwi-ng system build` of the same description in the same run. */
export type RebuildFigures = {
  /** Seconds of KIWI alone. */
  plainSeconds: number;
  /** Our first build, which keeps its packages for later ones. */
  cleanRatio: number;
  edits: Record<string, number>;
  /** Every image after an edit held the same as one that was made from nothing. */
  identical: boolean;
  /** Where it did not. */
  differences: string[];
};

/** What is edited before the second build. */
const EDITS: Record<string, Order> = {
  script: { files: { "config.sh": "#!/bin/bash\necho edited >/etc/edited\n" } },
  overlay: { files: { "root/etc/motd": "edited\n" } },
  type: { type: "ext4" },
  package: {
    edit: (text) => text.replace('name="ca-certificates"/>', 'name="ca-certificates"/><package name="less"/>'),
  },
};

/** Measures these edits, each on packages that the first build has kept. Null where no real build can be made. */
export async function measureRebuild(names: readonly string[]): Promise<RebuildFigures | null> {
  if (obstacle !== null) return null;
  await using builds = await buildsFolder();
  const roots = new KeptRoots(join(builds.path, "roots"), 2 ** 34);
  const build = async (what: string, order: Order) => {
    const begun = performance.now();
    const dir = await startRealBuild(builds.path, { runtime: "namespaces", type: "tbz", ...order });
    const { outcome, reason } = await ended(dir);
    const seconds = (performance.now() - begun) / 1000;
    process.stderr.write(`${what}: ${outcome} after ${seconds.toFixed(1)} s ${reason ?? ""}\n`);
    if (outcome !== "succeeded") throw new Error(`The build for "${what}" has failed: ${reason}`);
    return { dir, seconds };
  };
  const first = await build("the first build", { roots });
  const plainSeconds = await buildPlainly(builds.path, first.dir);
  const found: string[] = [];
  const edits: Record<string, number> = {};
  for (const name of names) {
    const { dir, seconds } = await build(name, { ...EDITS[name], roots });
    edits[name] = seconds / plainSeconds;
    if (EDITS[name]?.type !== undefined) continue;
    const alone = await build(`${name}, from nothing`, EDITS[name] ?? {});
    found.push(...differences(listArchive(dir), listArchive(alone.dir)).map((text) => `${name}: ${text}`));
  }
  const cleanRatio = first.seconds / plainSeconds;
  return { plainSeconds, cleanRatio, edits, identical: found.length === 0, differences: found };
}

export const EDIT_NAMES: readonly string[] = Object.keys(EDITS);

/** The same description built by KIWI alone, with a cache of its own; the seconds that it takes. */
async function buildPlainly(builds: string, earlier: string): Promise<number> {
  if ("problem" in kiwi) throw new Error(kiwi.problem);
  const [description, target, cache] = ["description", "target", "cache"].map((name) => join(builds, "plain", name));
  if (description === undefined || target === undefined || cache === undefined) throw new Error("unreachable");
  await cp(join(earlier, "description"), description, { recursive: true });
  await mkdir(target, { recursive: true });
  await mkdir(cache, { recursive: true });
  const config = join(builds, "plain", "kiwi.yml");
  await writeFile(config, kiwi.version.startsWith("11") ? "xz:\n  options: -0\n" : "xz:\n  - options: -0\n");
  const command = [kiwi.command, "--debug", "--config", config, "--type", "tbz", "system", "build"];
  const begun = performance.now();
  await promisify(execFile)(
    "unshare",
    [
      ...["--mount", "--pid", "--fork", "--kill-child=KILL", "--mount-proc", "--propagation", "private", "--"],
      ...["bash", "-c", 'mount --bind "$1" /var/cache/kiwi && shift && exec "$@"', "bash", cache],
      ...[...command, "--description", description, "--target-dir", target],
    ],
    { maxBuffer: 2 ** 30 },
  );
  const seconds = (performance.now() - begun) / 1000;
  process.stderr.write(`KIWI alone: ${seconds.toFixed(1)} s\n`);
  await rm(join(builds, "plain"), { recursive: true });
  return seconds;
}
