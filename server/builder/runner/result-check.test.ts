import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findMissing } from "./result-check.ts";

async function pack(tar: string): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), "result-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const script =
    "mkdir -p root/etc root/image root/tmp/x; echo 1 > root/etc/a; echo > root/image/config.xml; ln -s a root/etc/l; touch root/etc/ö root/etc/b\\\\c; touch -h -d '2025-01-02 03:04:05' root/etc root/etc/l; touch -d '2025-01-02 03:04:05.5' root/etc/a\n";
  execFileSync("bash", ["-c", script + tar], { cwd: folder });
  return findMissing(join(folder, "out.tar.xz"), join(folder, "root"));
}

test("a whole archive is whole", async () => {
  expect(await pack("tar -C root --exclude=./image --exclude='./tmp/*' -cJf out.tar.xz .")).toBeNull();
});

test("what tar did not find is missed", async () => {
  expect(await pack("tar -C root -cJf out.tar.xz --exclude=etc/a etc")).toContain('"etc/a"');
});

test("an archive that is cut off is no archive", async () => {
  expect(await pack("tar -C root -cJf out.tar.xz . ; truncate -s 100 out.tar.xz")).toContain("damaged");
});
