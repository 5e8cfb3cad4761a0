import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Inventory, ORIGIN } from "#lib/contracts/inventory.ts";
import { buildsFolder, ended, hostState, readLog } from "./attempt-fixture.ts";
import { KEYRING } from "./host-debian-fixture.ts";
import { cancelAttempt, inspectAttempt } from "./inspect.ts";
import { kiwi, obstacle, repository, startRealBuild } from "./real-build-fixture.ts";
import { settleLost } from "./settle.ts";

const readInventory = (dir: string): Inventory =>
  JSON.parse(gunzipSync(readFileSync(join(dir, "inventory.json.gz"))).toString("utf8"));

describe.skipIf(obstacle !== null)(`the real KIWI${obstacle === null ? "" : ` (skipped: ${obstacle})`}`, () => {
  test("builds a Debian image", { timeout: 900_000 }, async () => {
    await using builds = await buildsFolder();
    const again = {
      source: repository?.address ?? "",
      type: "apt-deb" as const,
      alias: "again",
      distribution: repository?.release,
      components: ["main"],
      signingKeys: [`file://${KEYRING}`],
    };
    const options = { descriptionRepositories: "ignore" as const, addRepositories: [again], addPackages: ["netbase"] };
    const dir = await startRealBuild(builds.path, { options });
    expect(await ended(dir)).toMatchObject({ outcome: "succeeded", residue: [] });
    const image = join(dir, "results", `small.${process.arch === "x64" ? "x86_64" : "aarch64"}-1.0.0.ext4`);
    expect(execFileSync("debugfs", ["-R", "cat /etc/motd", image], { encoding: "utf8" })).toBe("Hello\n");
    expect(execFileSync("debugfs", ["-R", "cat /usr/lib/os-release", image], { encoding: "utf8" })).toContain(
      "ID=debian",
    );
    expect(execFileSync("debugfs", ["-R", "cat /etc/services", image], { encoding: "utf8" })).toContain("https");
    const inventory = readInventory(dir);
    const origin = (path: string) =>
      inventory.packages?.[inventory.files.find(([file]) => file === path)?.[2] ?? -2]?.name;
    expect(origin("usr/bin/bash")).toBe("bash");
    expect(inventory.files).toContainEqual(["etc/motd", 6, ORIGIN.overlay, expect.any(String), expect.any(Number)]);
    expect(inventory.packages?.find(({ name }) => name === "bash")).toMatchObject({
      bytes: expect.any(Number),
      requires: expect.arrayContaining(["libc6"]),
    });
    expect(await hostState(builds.path)).toEqual({ mounts: [], loops: [], processes: [] });
  });

  const unreadable = "problem" in kiwi || kiwi.formats.includes("yaml") ? "" : " (skipped: this KIWI cannot read YAML)";
  test.skipIf(unreadable !== "")(`reads the same from YAML${unreadable}`, { timeout: 900_000 }, async () => {
    await using builds = await buildsFolder();
    const dir = await startRealBuild(builds.path, { format: "yaml" });
    // Installing packages is beyond reading; how that ends says the test above.
    while ((await inspectAttempt(dir)).kind === "running" && !readLog(dir).includes("Installing bootstrap packages"))
      await sleep(50);
    await cancelAttempt(dir);
    expect(await ended(dir)).toMatchObject({ outcome: "cancelled", residue: [] });
    expect(readLog(dir)).toContain("Selected build type: ext4");
  });

  test("runs no program of the host by a name, neither of an overlay nor of a script", {
    timeout: 900_000,
  }, async () => {
    await using builds = await buildsFolder();
    const name = "x;id>INJ_PROOF;#";
    const overlay = await startRealBuild(builds.path, { files: { [`root/${name}`]: "" } });
    expect(await ended(overlay)).toMatchObject({ outcome: "failed-to-start", exitCode: null });
    expect(readLog(overlay)).not.toContain("Loading XML description");
    const script = await startRealBuild(builds.path, { files: { "config.sh": `#!/bin/bash\ntouch '/${name}'\n` } });
    const exit = await ended(script);
    expect(exit).toMatchObject({ outcome: "failed", exitCode: 0, residue: [], results: [] });
    expect(exit.reason).toContain("INJ_PROOF");
    expect(readLog(script)).toContain("Calling config.sh script");
    expect(readLog(script)).not.toContain("Creating system image");
    const found = execFileSync("find", [
      builds.path,
      process.cwd(),
      "-not",
      "-path",
      "*/node_modules/*",
      "-name",
      "INJ_PROOF",
    ]);
    expect(found.toString()).toBe("");
  });

  test("leaves nothing behind whenever it is cancelled or killed", { timeout: 900_000 }, async () => {
    await using builds = await buildsFolder();
    onTestFinished(({ task }) => {
      if (task.result?.state === "fail") console.error(`Ended after ${moments.join(", ")} ms.`);
    });
    const moments = [1500, 6000, 12000].map((latest) => Math.round(Math.random() * latest));
    for (const [index, moment] of moments.entries()) {
      const apart = { runtime: "user-namespace", type: "squashfs" } as const;
      const dir = await startRealBuild(builds.path, index === 0 ? {} : apart);
      await sleep(moment);
      const state = await inspectAttempt(dir);
      if (index === 2 && state.kind === "running") {
        process.kill(state.record.runner.pid, "SIGKILL");
        while ((await inspectAttempt(dir)).kind === "running") await sleep(10);
        expect(await settleLost(dir)).toMatchObject({ outcome: "interrupted", residue: [] });
      } else {
        await cancelAttempt(dir);
        expect(await ended(dir)).toMatchObject({ outcome: "cancelled", residue: [] });
      }
      expect(await hostState(builds.path)).toEqual({ mounts: [], loops: [], processes: [] });
      expect(readLog(dir)).not.toContain("Result files:");
    }
  });
});
