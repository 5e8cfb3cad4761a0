import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { SnapshotEntry } from "#lib/contracts/snapshot.ts";
import { materialise, SnapshotDamagedError } from "./materialise.ts";

const sha256 = (data: string) => createHash("sha256").update(data).digest("hex");

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "snapshots-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** Stores a snapshot as the web application does; contents are given as text. */
function store(snapshots: string, entries: (SnapshotEntry | { path: string; text: string; mode?: number })[]): string {
  const full = entries.map((entry): SnapshotEntry => {
    if ("kind" in entry) return entry;
    const hash = sha256(entry.text);
    mkdirSync(join(snapshots, "blobs", hash.slice(0, 2)), { recursive: true });
    writeFileSync(join(snapshots, "blobs", hash.slice(0, 2), hash), entry.text);
    return { kind: "file", path: entry.path, mode: entry.mode ?? 0o644, size: entry.text.length, sha256: hash };
  });
  const manifest = JSON.stringify({ format: 1, imageFile: "config.xml", entries: full });
  mkdirSync(join(snapshots, "manifests"), { recursive: true });
  writeFileSync(join(snapshots, "manifests", `${sha256(manifest)}.json`), manifest);
  return sha256(manifest);
}

test("lays out files, folders and links with their modes", async () => {
  const snapshots = await folder();
  const id = store(snapshots, [
    { path: "config.sh", text: "true\n", mode: 0o755 },
    { path: "config.xml", text: "<image/>" },
    { kind: "directory", path: "root", mode: 0o555 },
    { path: "root/etc/motd", text: "hello" },
    { kind: "link", path: "root/link", target: "/etc/shadow" },
  ]);
  const target = join(snapshots, "description");
  expect(await materialise(snapshots, id, target)).toMatchObject({ imageFile: "config.xml" });
  expect(readFileSync(join(target, "root/etc/motd"), "utf8")).toBe("hello");
  expect(readlinkSync(join(target, "root/link"))).toBe("/etc/shadow");
  expect(lstatSync(join(target, "config.sh")).mode & 0o777).toBe(0o755);
  expect(lstatSync(join(target, "root")).mode & 0o777).toBe(0o555);
});

test("refuses a content that is not what the snapshot says", async () => {
  const snapshots = await folder();
  const id = store(snapshots, [{ path: "config.xml", text: "<image/>" }]);
  const hash = sha256("<image/>");
  writeFileSync(join(snapshots, "blobs", hash.slice(0, 2), hash), "<imagE/>");
  await expect(materialise(snapshots, id, join(snapshots, "x"))).rejects.toThrow("config.xml");
});

test("refuses a list of files that is not what the id says", async () => {
  const snapshots = await folder();
  const id = store(snapshots, [{ path: "config.xml", text: "<image/>" }]);
  writeFileSync(join(snapshots, "manifests", `${id}.json`), '{"format":1,"imageFile":"config.xml","entries":[]}');
  await expect(materialise(snapshots, id, join(snapshots, "x"))).rejects.toThrow("has been changed");
});

test.for<[string, SnapshotEntry[]]>([
  [
    "a file that would be written through a link",
    [
      { kind: "link", path: "out", target: "/tmp" },
      { kind: "file", path: "out/evil", mode: 0o644, size: 0, sha256: sha256("") },
    ],
  ],
  ["an image file that is a link", [{ kind: "link", path: "config.xml", target: "/etc/passwd" }]],
  ["a path that leaves the folder", [{ kind: "directory", path: "../evil", mode: 0o755 }]],
  ["an absolute path", [{ kind: "directory", path: "/evil", mode: 0o755 }]],
  [
    "a path that is there twice",
    [
      { kind: "link", path: "a", target: "/tmp" },
      { kind: "file", path: "a", mode: 0o644, size: 0, sha256: sha256("") },
    ],
  ],
])("refuses %s", async ([, entries]) => {
  const snapshots = await folder();
  const image = entries.some(({ path }) => path === "config.xml") ? [] : [{ path: "config.xml", text: "<image/>" }];
  const id = store(snapshots, [{ path: "empty", text: "" }, ...image, ...entries]);
  await expect(materialise(snapshots, id, join(snapshots, "x"))).rejects.toThrow();
});

test.for(["", "../../etc/passwd", "A".repeat(64)])("refuses %j as an id", async (id) => {
  await expect(materialise(await folder(), id, "/nonexistent/x")).rejects.toThrow("no id of a snapshot");
});

// Whoever may write the store must not hold the builder up, read its host's files, or fill its disk.
const blobOf = (snapshots: string, text: string) => join(snapshots, "blobs", sha256(text).slice(0, 2), sha256(text));

test.for<[string, (place: string) => void]>([
  ["a pipe", (place) => execFileSync("mkfifo", [place])],
  ["a link to a file of the host", (place) => symlinkSync("/etc/passwd", place)],
  ["a link to an endless device", (place) => symlinkSync("/dev/zero", place)],
  ["a larger file", (place) => writeFileSync(place, "<image/> and more")],
])("refuses %s in the place of a content, and of the list of files", async ([, put]) => {
  const snapshots = await folder();
  const id = store(snapshots, [{ path: "config.xml", text: "<image/>" }]);
  const places = [blobOf(snapshots, "<image/>"), join(snapshots, "manifests", `${id}.json`)];
  for (const [number, place] of places.entries()) {
    rmSync(place);
    put(place);
    await expect(materialise(snapshots, id, join(snapshots, `x${number}`))).rejects.toThrow(SnapshotDamagedError);
  }
});

test("refuses a folder of the store that leads elsewhere", async () => {
  const snapshots = await folder();
  const id = store(snapshots, [{ path: "config.xml", text: "<image/>" }]);
  const blobs = join(snapshots, "blobs", sha256("<image/>").slice(0, 2));
  const outside = await folder();
  renameSync(blobs, join(outside, "blobs"));
  symlinkSync(join(outside, "blobs"), blobs);
  await expect(materialise(snapshots, id, join(snapshots, "x"))).rejects.toThrow(SnapshotDamagedError);
});

test("refuses a list of more than a description may hold", async () => {
  const snapshots = await folder();
  const file = { kind: "file", mode: 0o644, size: 9 * 1024 ** 3, sha256: sha256("") } as const;
  const id = store(snapshots, [
    { ...file, path: "one" },
    { ...file, path: "two" },
  ]);
  await expect(materialise(snapshots, id, join(snapshots, "x"))).rejects.toThrow("GiB");
});
