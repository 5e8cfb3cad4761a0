import { existsSync } from "node:fs";
import { chmod, chown, lstat, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { AttemptSpec } from "#lib/contracts/attempt.ts";
import type { KeptRoot } from "#lib/contracts/reuse.ts";
import { PACKAGES_ARCHIVE } from "#server/kiwi/index.ts";
import { writeFileAtomic } from "#server/platform/atomic-file.ts";

type Packages = NonNullable<AttemptSpec["packages"]>;

/** Files that packages make by chance when they are installed: in each image other ones. */
const BY_CHANCE = [
  { folder: "etc/ssh", name: /^ssh_host_.*_key$/ },
  { folder: "etc/ssl/private", name: /\.key$/ },
  { folder: "var/lib/systemd", name: /^random-seed$/ },
];

/** Looks through a root tree that holds packages only: one that has secrets of its own must not be kept. */
export async function refuseSecrets(dir: string, root: string, packages: Packages): Promise<void> {
  for (const { folder, name } of BY_CHANCE) {
    const file = (await readdir(join(root, folder)).catch(() => [])).find((entry) => name.test(entry));
    if (file === undefined) continue;
    await rm(join(dir, PACKAGES_ARCHIVE), { force: true });
    const obstacle = `Its packages make ${folder}/${file}, which must not be the same in several images.`;
    await note(packages, { bytes: 0, obstacle });
    return;
  }
}

/**
 * Puts the archive of an attempt's packages where its scripts, which come next, cannot reach it: builds of other
 * descriptions may take it. It counts when it is noted.
 */
export async function secureRoot(dir: string, { kept }: Packages): Promise<void> {
  const archive = join(dir, PACKAGES_ARCHIVE);
  const stat = await lstat(archive).catch(() => null);
  // It was made by the build: nobody else's file may be passed off as it.
  if (stat === null || !stat.isFile() || stat.nlink !== 1) return;
  await chown(archive, process.getuid?.() ?? 0, process.getgid?.() ?? 0);
  await chmod(archive, 0o600);
  await mkdir(dirname(kept), { recursive: true, mode: 0o700 });
  await rename(archive, `${kept}.tar`);
}

/** Lets later builds take the archive, when there is time to see it safely to the disk. */
export async function noteRoot(packages: Packages): Promise<void> {
  const archive = `${packages.kept}.tar`;
  if (packages.reused || !existsSync(archive)) return;
  await using file = await open(archive, "r");
  await file.sync();
  await note(packages, { bytes: (await file.stat()).size });
}

async function note(packages: Packages, facts: Pick<KeptRoot, "bytes" | "obstacle">): Promise<void> {
  await mkdir(dirname(packages.kept), { recursive: true, mode: 0o700 });
  const kept: KeptRoot = { ...packages.note, at: new Date().toISOString(), ...facts };
  await writeFileAtomic(`${packages.kept}.json`, `${JSON.stringify(kept)}\n`, 0o600);
}
