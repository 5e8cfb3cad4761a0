import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import type { AttemptSpec } from "#lib/contracts/attempt.ts";
import { type BuildOptionsInput, buildOptionsSchema } from "#lib/contracts/build-options.ts";
import { buildCommand, findKiwi } from "#server/kiwi/index.ts";
import { loadConfig } from "#server/platform/config.ts";
import { buildsFolder, cannotRunBuilds, ended, hostState, readLog } from "./attempt-fixture.ts";
import { hostRepository, KEYRING } from "./host-debian-fixture.ts";
import { cancelAttempt, inspectAttempt } from "./inspect.ts";
import { startAttempt } from "./start.ts";

const kiwi = await findKiwi(loadConfig());
const repository = hostRepository();
const obstacle =
  cannotRunBuilds() ??
  ("problem" in kiwi ? kiwi.problem : null) ??
  (repository === null || !existsSync(KEYRING) ? "a Debian host with its keyring is needed" : null);

/** Such a KIWI does not find plain relative includes. */
const throughMarkup = !("problem" in kiwi) && kiwi.xmlThroughMarkup;

const description = `<?xml version="1.0" encoding="utf-8"?>
<image schemaversion="7.5" name="small">
  <include from="${throughMarkup ? "this://" : ""}about.xml"/>
  <preferences>
    <version>1.0.0</version>
    <packagemanager>apt</packagemanager>
    <type image="ext4"/>
  </preferences>
  <repository type="apt-deb" alias="debian" distribution="${repository?.release}" components="main">
    <source path="${repository?.address}"><signing key="file://${KEYRING}"/></source>
  </repository>
  <packages type="image"><package name="ca-certificates"/></packages>
  <packages type="bootstrap">
    <package name="apt"/>
    <package name="base-files"/>
    <package name="debian-archive-keyring"/>
  </packages>
</image>
`;

const about = `<image>
  <description type="system">
    <author>Test</author>
    <contact>test@example.org</contact>
    <specification>The smallest Debian that KIWI builds</specification>
  </description>
</image>
`;

/** The same description, as KIWI takes it in YAML. */
const inYaml = `image:
  "@schemaversion": "7.5"
  "@name": small
  description:
    "@type": system
    author: Test
    contact: test@example.org
    specification: The smallest Debian that KIWI builds
  preferences:
    version: "1.0.0"
    packagemanager: apt
    type: {"@image": ext4}
  repository:
    "@type": apt-deb
    "@alias": debian
    "@distribution": ${repository?.release}
    "@components": main
    source: {"@path": "${repository?.address}", signing: {"@key": "file://${KEYRING}"}}
  packages:
    - {"@type": image, package: {"@name": ca-certificates}}
    - {"@type": bootstrap, package: [{"@name": apt}, {"@name": base-files}, {"@name": debian-archive-keyring}]}
`;

type Order = { format?: "xml" | "yaml"; options?: BuildOptionsInput; files?: Readonly<Record<string, string>> };

async function start(builds: string, { format = "xml", options = {}, files = {} }: Order = {}): Promise<string> {
  if ("problem" in kiwi) throw new Error(kiwi.problem);
  const buildId = randomUUID();
  const dir = join(builds, buildId, "0");
  const imageFile = `config.${format}`;
  await mkdir(join(dir, "description/root/etc"), { recursive: true });
  await writeFile(join(dir, "description", imageFile), format === "xml" ? description : inYaml);
  await writeFile(join(dir, "description/about.xml"), about);
  await writeFile(join(dir, "description/root/etc/motd"), "Hello\n");
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, "description", name), text);
  const { command, createCommand, environment } = buildCommand(kiwi, {
    attemptDir: dir,
    imageFile,
    format,
    profiles: [],
    options: buildOptionsSchema.parse(options),
  });
  const spec: AttemptSpec = {
    format: 1,
    buildId,
    attempt: 0,
    command,
    createCommand,
    environment,
    kiwiVersion: kiwi.version,
    graceSeconds: 10,
  };
  await startAttempt(dir, spec);
  return dir;
}

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
    const dir = await start(builds.path, { options });
    expect(await ended(dir)).toMatchObject({ outcome: "succeeded", residue: [] });
    const image = join(dir, "results", `small.${process.arch === "x64" ? "x86_64" : "aarch64"}-1.0.0.ext4`);
    expect(execFileSync("debugfs", ["-R", "cat /etc/motd", image], { encoding: "utf8" })).toBe("Hello\n");
    expect(execFileSync("debugfs", ["-R", "cat /usr/lib/os-release", image], { encoding: "utf8" })).toContain(
      "ID=debian",
    );
    expect(execFileSync("debugfs", ["-R", "cat /etc/services", image], { encoding: "utf8" })).toContain("https");
    expect(await hostState(builds.path)).toEqual({ mounts: [], loops: [], processes: [] });
  });

  const unreadable = "problem" in kiwi || kiwi.formats.includes("yaml") ? "" : " (skipped: this KIWI cannot read YAML)";
  test.skipIf(unreadable !== "")(`reads the same from YAML${unreadable}`, { timeout: 900_000 }, async () => {
    await using builds = await buildsFolder();
    const dir = await start(builds.path, { format: "yaml" });
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
    const overlay = await start(builds.path, { files: { [`root/${name}`]: "" } });
    expect(await ended(overlay)).toMatchObject({ outcome: "failed-to-start", exitCode: null });
    expect(readLog(overlay)).not.toContain("Loading XML description");
    const script = await start(builds.path, { files: { "config.sh": `#!/bin/bash\ntouch '/${name}'\n` } });
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

  test("leaves nothing behind whenever it is cancelled", { timeout: 900_000 }, async () => {
    await using builds = await buildsFolder();
    onTestFinished(({ task }) => {
      if (task.result?.state === "fail") console.error(`Cancelled after ${moments.join(", ")} ms.`);
    });
    const moments = [1500, 6000, 12000].map((latest) => Math.round(Math.random() * latest));
    for (const moment of moments) {
      const dir = await start(builds.path);
      await sleep(moment);
      await cancelAttempt(dir);
      expect(await ended(dir)).toMatchObject({ outcome: "cancelled", residue: [] });
      expect(await hostState(builds.path)).toEqual({ mounts: [], loops: [], processes: [] });
      expect(readLog(dir)).not.toContain("Result files:");
    }
  });
});
