import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openInside, resolveForWrite, resolveInside, UnsafePathError } from "./safe-path.ts";

let dir: string;
let root: string;

beforeEach(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), "safe-path-")));
  root = join(dir, "root");
  await mkdir(join(root, "sub"), { recursive: true });
  await mkdir(join(dir, "root-neighbour"));
  await writeFile(join(root, "sub", "file"), "inside");
  await writeFile(join(dir, "secret"), "outside");
  await writeFile(join(dir, "root-neighbour", "secret"), "outside");
  await symlink("../secret", join(root, "link-out"));
  await symlink("sub/file", join(root, "link-in"));
  await symlink("../root-neighbour", join(root, "folder-out"));
  await symlink("sub", join(root, "folder-in"));
});
afterEach(() => rm(dir, { recursive: true }));

const read = async (path: string) => {
  await using file = await openInside(root, path);
  return file.readFile("utf8");
};

it.each(["sub/file", "link-in", "folder-in/file"])("reaches %s", async (path) => {
  expect(await read(path)).toBe("inside");
  expect(await resolveInside(root, path)).toBe(join(root, "sub", "file"));
  expect(await resolveForWrite(root, path)).toBe(join(root, "sub", "file"));
});

it.each([
  ...["", ".", "..", "../secret", "sub/../../secret", "/etc/passwd", "sub//file", "sub/./file", "sub/file\0"],
  ...["link-out", "folder-out/secret"],
])("refuses %j", async (path) => {
  await expect(openInside(root, path)).rejects.toThrow(UnsafePathError);
  await expect(resolveInside(root, path)).rejects.toThrow(UnsafePathError);
  await expect(resolveForWrite(root, path)).rejects.toThrow(UnsafePathError);
});

it("tells a missing file from a forbidden one", async () => {
  await expect(openInside(root, "sub/none")).rejects.toMatchObject({ code: "ENOENT" });
  expect(await resolveForWrite(root, "sub/none")).toBe(join(root, "sub", "none"));
  await expect(resolveForWrite(root, "none/none")).rejects.toMatchObject({ code: "ENOENT" });
});

it("writes nothing through a link to a place outside that does not exist yet", async () => {
  await symlink("../created", join(root, "dangling"));
  await expect(resolveForWrite(root, "dangling")).rejects.toThrow();
});

it("opens neither folders nor pipes, and does not wait for a pipe's writer", async () => {
  execFileSync("mkfifo", [join(root, "pipe")]);
  await expect(openInside(root, "pipe")).rejects.toThrow(UnsafePathError);
  await expect(openInside(root, "sub")).rejects.toThrow(UnsafePathError);
});

it("knows its own root behind a link", async () => {
  await symlink("root", join(dir, "other-name"));
  await using file = await openInside(join(dir, "other-name"), "sub/file");
  expect(await file.readFile("utf8")).toBe("inside");
});
