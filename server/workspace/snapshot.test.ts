import { createHash } from "node:crypto";
import { chown, mkdir, readdir, readFile, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { snapshotManifestSchema } from "#lib/contracts/snapshot.ts";
import { takeSnapshot } from "./snapshot.ts";
import { imageXml, type TestWorkspace, testWorkspace } from "./test-workspace.ts";

const withProfile = imageXml("d", '<profiles><profile name="Disk" description="d"/></profiles>');

function snap(workspace: TestWorkspace, id = "d/config.xml", limits?: { entries: number; bytes: number }) {
  return takeSnapshot(workspace.path, id, join(workspace.dir, "snapshots"), limits);
}

test("keeps every file, mode and overlay link under names that are the hashes of the content", async () => {
  await using workspace = await testWorkspace({
    "d/config.xml": withProfile,
    "d/.git/HEAD": "x",
    "d/root/.git/x": "y",
  });
  await workspace.write("d/config.sh", "#!/bin/bash\n", 0o4755);
  await workspace.link("d/root/bin", "usr/bin");
  await workspace.link("d/Disk/etc/localtime", "/usr/share/zoneinfo/UTC");
  const { id, manifest } = await snap(workspace);
  const stored = await readFile(join(workspace.dir, "snapshots/manifests", `${id}.json`), "utf8");
  expect(createHash("sha256").update(stored).digest("hex")).toBe(id);
  expect(snapshotManifestSchema.parse(JSON.parse(stored))).toEqual(manifest);
  expect(manifest.imageFile).toBe("config.xml");
  expect(manifest.entries.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
    "directory Disk",
    "directory Disk/etc",
    "link Disk/etc/localtime",
    "file config.sh",
    "file config.xml",
    "directory root",
    "directory root/.git",
    "file root/.git/x",
    "link root/bin",
  ]);
  for (const entry of manifest.entries) {
    if (entry.kind !== "file") continue;
    const blob = await readFile(join(workspace.dir, "snapshots/blobs", entry.sha256.slice(0, 2), entry.sha256));
    expect(createHash("sha256").update(blob).digest("hex")).toBe(entry.sha256);
    expect(blob.length).toBe(entry.size);
  }
  expect(manifest.entries.find(({ path }) => path === "config.sh")).toMatchObject({ mode: 0o755 });
});

test("equal files make equal ids, and a change makes another one", async () => {
  await using workspace = await testWorkspace({ "d/config.xml": withProfile, "d/a": "a" });
  const first = (await snap(workspace)).id;
  expect((await snap(workspace)).id).toBe(first);
  await workspace.write("d/a", "b");
  expect((await snap(workspace)).id).not.toBe(first);
});

test.skipIf(process.getuid?.() !== 0)("what root stores belongs to the owner of the store", async () => {
  await using workspace = await testWorkspace({ "d/config.xml": withProfile });
  const store = join(workspace.dir, "snapshots");
  const owner = 65534;
  await mkdir(store);
  await chown(store, owner, owner);
  await snap(workspace);
  const stored = await readdir(store, { recursive: true });
  expect(stored.length).toBeGreaterThan(4);
  for (const path of stored) expect((await stat(join(store, path))).uid, path).toBe(owner);
});

test("outside of overlays a link is stored as what it leads to", async () => {
  await using workspace = await testWorkspace({
    "d/config.xml": withProfile,
    "common/shared.sh": "shared",
    "common/tree/etc/motd": "hi",
  });
  await workspace.link("common/tree/etc/issue", "motd");
  await workspace.link("d/config.sh", "../common/shared.sh");
  await workspace.link("d/root", "../common/tree");
  const { manifest } = await snap(workspace);
  expect(manifest.entries.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
    "file config.sh",
    "file config.xml",
    "directory root",
    "directory root/etc",
    "link root/etc/issue",
    "file root/etc/motd",
  ]);
});

test.each([
  ["a link out of the workspace", "stolen", "../../outside/secret.txt", "leads out"],
  ["an absolute link", "passwd", "/etc/passwd", "leads out"],
  ["a link to a folder outside", "folder", "../../outside", "leads out"],
  ["a link that leads nowhere", "nothing", "missing", "leads nowhere"],
  ["a link to itself", "self", "self", "leads nowhere"],
  ["a link to its own folder", "again", ".", "never ends"],
  ["a link to the folder above", "sub/above", "..", "never ends"],
])("refuses %s, in words", async (_name, path, target, message) => {
  await using workspace = await testWorkspace({ "d/config.xml": withProfile });
  await workspace.link(`d/${path}`, target);
  await expect(snap(workspace)).rejects.toMatchObject({ reason: "refused", message: expect.stringContaining(message) });
});

test("refuses names at the top of an overlay that a shell would run", async () => {
  for (const name of ["x;id>INJ;#", "-Ish"]) {
    await using workspace = await testWorkspace({ "d/config.xml": withProfile, [`d/root/${name}`]: "" });
    await expect(snap(workspace)).rejects.toMatchObject({ message: expect.stringContaining("dangerous") });
  }
});

test("refuses sockets", async () => {
  await using workspace = await testWorkspace({ "d/config.xml": withProfile });
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(join(workspace.path, "d/socket"), resolve));
  await expect(snap(workspace)).rejects.toMatchObject({ message: expect.stringContaining("socket") });
  server.close();
});

test("refuses more files or bytes than allowed", async () => {
  await using workspace = await testWorkspace({ "d/config.xml": withProfile, "d/a": "x".repeat(100) });
  await expect(snap(workspace, "d/config.xml", { entries: 1, bytes: 1e6 })).rejects.toMatchObject({
    reason: "refused",
  });
  await expect(snap(workspace, "d/config.xml", { entries: 9, bytes: 99 })).rejects.toMatchObject({ reason: "refused" });
  await expect(snap(workspace, "d/none.kiwi")).rejects.toMatchObject({ reason: "not-found" });
});
