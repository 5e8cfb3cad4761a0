import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findObstacle } from "./description-check.ts";

async function description(files: Record<string, string>): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "description-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(path, dirname(name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
}

const PROFILE = '<profile name="Live" description="Live system"/>';

test("ordinary descriptions are fine", async () => {
  const path = await description({
    "config.xml": PROFILE,
    "root/etc/a file; with $ strange 'name'": "",
    "Live/usr/share/x": "",
    "documents of ours/Read me!.txt": "",
  });
  symlinkSync("/etc/passwd", join(path, "root/link"));
  expect(await findObstacle(path)).toBeNull();
});

test.for(["x;id>INJ_PROOF;#", "a b", "$(id)", "-Ish", "`id`", "a\nb", "ü"])(
  "the overlay may not bring %j",
  async (name) => {
    expect(await findObstacle(await description({ "config.xml": "", [`root/${name}`]: "" }))).toContain("root");
  },
);

test("the overlay of a profile is checked, also when an included file names it", async () => {
  const files = { "config.xml": "", "parts/profiles.xml": PROFILE, "Live/a;b": "" };
  expect(await findObstacle(await description(files))).toContain("Live");
});

test("the overlay may not be a link to a folder with such names", async () => {
  const path = await description({ "config.xml": "", "other/a;b": "" });
  symlinkSync("other", join(path, "root"));
  expect(await findObstacle(path)).toContain("a;b");
});

test("pipes and devices are refused wherever they lie", async () => {
  const path = await description({ "config.xml": "", "root/dev/keep": "" });
  execFileSync("mkfifo", [join(path, "root/dev/pipe")]);
  expect(await findObstacle(path)).toContain("root/dev/pipe");
});

/** A description with an archive that tar makes in a folder where the script has run. */
async function withArchive(script: string, config = '<archive name="more.tar.gz"/>'): Promise<string> {
  const path = await description({ "config.xml": config });
  const work = await description({});
  execFileSync("bash", ["-c", `${script}\nmv out.tar.gz "$1"/more.tar.gz`, "x", path], { cwd: work });
  return path;
}

test("ordinary archives are fine", async () => {
  const script =
    "mkdir -p etc usr/lib; echo > 'etc/a b'; ln -s usr/lib lib; ln etc/'a b' etc/c; tar czf out.tar.gz etc usr lib";
  expect(await findObstacle(await withArchive(script))).toBeNull();
});

test.for([
  ["a device", "mknod null c 1 3; tar czf out.tar.gz null", "device"],
  ["an absolute name", "touch x; tar -P -czf out.tar.gz --transform='s,^,/etc/,' x", "leads out"],
  ["a name that goes up", "touch x; tar -P -czf out.tar.gz --transform='s,^,a/../../,' x", "leads out"],
  [
    "a link and something behind it",
    "mkdir d; ln -s /etc l; touch d/x; tar czf out.tar.gz l d/x --transform='s,^d/,l/,'",
    "behind a link",
  ],
  ["a name for a shell", "touch 'x;id>INJ_PROOF;#'; tar czf out.tar.gz *", "INJ_PROOF"],
  ["no archive", "echo hello > out.tar.gz", "cannot be read"],
] as const)("an archive may not hold %s", async ([, script, words]) => {
  expect(await findObstacle(await withArchive(script))).toContain(words);
});

test("below a folder of its own an archive may have any names", async () => {
  const config = '<archive name="more.tar.gz" target_dir="/srv/data"/>';
  expect(await findObstacle(await withArchive("touch 'a b'; tar czf out.tar.gz *", config))).toBeNull();
});
