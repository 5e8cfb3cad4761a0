import { createHash } from "node:crypto";
import { link, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { ORIGIN } from "#lib/contracts/inventory.ts";
import { takeInventory } from "./index.ts";

async function folder(files: Record<string, string>) {
  const path = await mkdtemp(join(tmpdir(), "kiwi-workbench-inventory-"));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(path, dirname(name)), { recursive: true });
    await writeFile(join(path, name), text);
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

test("each file has its package behind linked folders, its overlay, or nobody; two names are counted once", async () => {
  const status = "Package: sh\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n";
  await using root = await folder({
    "usr/bin/sh": "12345",
    "etc/motd": "overlay",
    "etc/strange\tname": "x",
    "proc/kept out": "x",
    "image/config.xml": "x",
    "var/lib/dpkg/status": status,
    "var/lib/dpkg/info/sh:amd64.list": "/.\n/bin\n/bin/sh\n/etc/motd\n",
  });
  await using description = await folder({ "root/etc/motd": "overlay" });
  await symlink("usr/bin", join(root.path, "bin"));
  await link(join(root.path, "usr/bin/sh"), join(root.path, "usr/bin/sh2"));

  const { packages, files } = await takeInventory(root.path, description.path);
  expect(packages).toMatchObject([{ name: "sh", version: "1" }]);
  const found = new Map(files.map(([path, bytes, owner]) => [path, [bytes, owner]]));
  expect(found.get("usr/bin/sh")?.[1]).toBe(0);
  expect(Number(found.get("usr/bin/sh")?.[0]) + Number(found.get("usr/bin/sh2")?.[0])).toBe(5);
  expect(found.get("etc/motd")).toEqual([7, ORIGIN.overlay]);
  expect(found.get("etc/strange\tname")).toEqual([1, ORIGIN.other]);
  const contents = new Map(files.map(([path, , , content]) => [path, content]));
  const digest = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);
  expect(contents.get("usr/bin/sh")).toBe(digest("12345"));
  expect(contents.get("usr/bin/sh2")).toBe(digest("12345"));
  expect(contents.get("etc/strange\tname")).toBe(digest("x"));
  expect(contents.get("bin")).toBe("> usr/bin");
  expect([...found.keys()].filter((path) => /^(proc|image)/.test(path))).toEqual([]);
});

test("a tree without a package database has files all the same", async () => {
  await using root = await folder({ "usr/bin/sh": "1" });
  await utimes(join(root.path, "usr/bin/sh"), 1_700_000_000, 1_700_000_000);
  const { packages, files } = await takeInventory(root.path, root.path);
  expect(packages).toBe(null);
  expect(files).toEqual([["usr/bin/sh", 1, ORIGIN.other, expect.stringMatching(/^6b86b273/), 1_700_000_000]]);
});
