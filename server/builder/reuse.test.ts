import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { KeptRoots } from "./kept-roots.ts";
import { buildsFolder, ended, hostState, readLog } from "./runner/attempt-fixture.ts";
import { kiwi, obstacle, startRealBuild } from "./runner/real-build-fixture.ts";
import { differences, listArchive } from "./runner/tree-fixture.ts";

const USER = '<users><user name="ada" password="$6$x$y" pwdformat="encrypted" home="/home/ada"/></users>';

/**
 * The one that is used by itself: what KIWI 9 makes the first packages with makes devices, which only root of the host may.
 * `npm run bench -- rebuild` compares images that are made in namespaces.
 */
const runtime = !("problem" in kiwi) && Number.parseInt(kiwi.version, 10) >= 11 ? "user-namespace" : "namespaces";

/** What is edited between two builds without touching the packages. */
const edited = {
  files: {
    "config.sh": "#!/bin/bash\nset -e\necho $kiwi_type $kiwi_iname >/etc/made\nrm /usr/share/doc/bash/README*\n",
    "root/etc/issue": "edited\n",
  },
  edit: (text: string) =>
    text
      .replace("<version>1.0.0<", "<version>1.0.1<")
      .replace("<repository", `${USER}<repository`)
      .replace("</image>", '<packages type="delete"><package name="netbase"/></packages></image>')
      .replace('name="ca-certificates"/>', 'name="ca-certificates"/><package name="netbase"/>'),
};
const before = {
  edit: (text: string) => text.replace('name="ca-certificates"/>', 'name="ca-certificates"/><package name="netbase"/>'),
};

describe.skipIf(obstacle !== null)(
  `packages that are taken over${obstacle === null ? "" : ` (skipped: ${obstacle})`}`,
  () => {
    test("give the image that a build from nothing gives", { timeout: 900_000 }, async () => {
      await using builds = await buildsFolder();
      const roots = new KeptRoots(join(builds.path, "roots"), 2 ** 32);
      const first = await startRealBuild(builds.path, { ...before, runtime, type: "squashfs", roots });
      expect(await ended(first), readLog(first).slice(-2000)).toMatchObject({ outcome: "succeeded", residue: [] });
      expect(readLog(first)).toContain("The packages are installed anew, and kept for later builds");

      const second = await startRealBuild(builds.path, { ...edited, runtime, type: "tbz", roots });
      expect(await ended(second), readLog(second).slice(-2000)).toMatchObject({ outcome: "succeeded", residue: [] });
      expect(readLog(second)).toContain("The packages are those that build");
      expect(readLog(second)).not.toContain("Installing bootstrap packages");
      expect(existsSync(join(second, "stages"))).toBe(false);

      const alone = await startRealBuild(builds.path, { ...edited, runtime, type: "tbz" });
      expect(await ended(alone), readLog(alone).slice(-2000)).toMatchObject({ outcome: "succeeded" });
      const tree = listArchive(second);
      expect(tree.size).toBeGreaterThan(1000);
      expect(tree.has("etc/made")).toBe(true);
      expect(differences(tree, listArchive(alone))).toEqual([]);
      expect(await hostState(builds.path)).toEqual({ mounts: [], loops: [], processes: [] });
    });
  },
);
