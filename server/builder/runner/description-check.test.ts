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
