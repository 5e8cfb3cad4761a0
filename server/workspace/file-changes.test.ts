import { existsSync, lstatSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFile, makeFolder, movePath, removePath, setExecutable } from "./file-changes.ts";
import { testWorkspace } from "./test-workspace.ts";

const bytes = new TextEncoder().encode("new\n");

test("files and folders are made with what is above them, and never over something", async () => {
  await using workspace = await testWorkspace({ "d/config.xml": "<image/>" });
  const at = (path: string) => join(workspace.path, "d", path);
  await makeFile(workspace.path, "d", "root/etc/ssh/sshd_config", bytes);
  await makeFolder(workspace.path, "d", "root/srv/www");
  expect(readFileSync(at("root/etc/ssh/sshd_config"), "utf8")).toBe("new\n");
  expect(statSync(at("root/srv/www")).isDirectory()).toBe(true);
  for (const path of ["config.xml", "root"]) {
    await expect(makeFile(workspace.path, "d", path, bytes)).rejects.toThrow("is there already");
    await expect(makeFolder(workspace.path, "d", path)).rejects.toThrow("is there already");
  }
  await expect(makeFile(workspace.path, "d", "config.xml/below", bytes)).rejects.toThrow("no folder");
  expect(readFileSync(at("config.xml"), "utf8")).toBe("<image/>");
});

test("what is moved keeps what it is, and takes no other's place", async () => {
  await using workspace = await testWorkspace({ "d/a.sh": "a", "d/b.sh": "b", "d/tree/deep/file": "f" });
  const at = (path: string) => join(workspace.path, "d", path);
  await setExecutable(workspace.path, "d", "a.sh", true);
  await expect(movePath(workspace.path, "d", "a.sh", "b.sh")).rejects.toThrow('"b.sh" is there already');
  await expect(movePath(workspace.path, "d", "tree", "tree/deep/tree")).rejects.toThrow("into itself");
  await expect(movePath(workspace.path, "d", "none", "c")).rejects.toThrow('"none" does not exist');
  await movePath(workspace.path, "d", "a.sh", "scripts/c.sh");
  await movePath(workspace.path, "d", "tree", "root/tree");
  expect(readFileSync(at("scripts/c.sh"), "utf8")).toBe("a");
  expect(statSync(at("scripts/c.sh")).mode & 0o777).toBe(0o755);
  expect(readFileSync(at("root/tree/deep/file"), "utf8")).toBe("f");
  expect([existsSync(at("a.sh")), existsSync(at("tree")), readFileSync(at("b.sh"), "utf8")]).toEqual([
    false,
    false,
    "b",
  ]);
});

test("the right to run is that of those who may read", async () => {
  await using workspace = await testWorkspace();
  await workspace.write("d/run", "x", 0o640);
  const mode = () => statSync(join(workspace.path, "d/run")).mode & 0o777;
  await setExecutable(workspace.path, "d", "run", true);
  expect(mode()).toBe(0o750);
  await setExecutable(workspace.path, "d", "run", false);
  expect(mode()).toBe(0o640);
});

test("links are changed themselves, and lead nowhere out", async () => {
  await using workspace = await testWorkspace({ "d/config.xml": "x", "outside/kept": "kept" });
  await using elsewhere = await testWorkspace({ secret: "s" });
  const at = (path: string) => join(workspace.path, path);
  symlinkSync(elsewhere.path, at("d/out"));
  symlinkSync("../outside/kept", at("d/inside"));
  for (const change of [
    () => makeFile(workspace.path, "d", "out/new", bytes),
    () => makeFolder(workspace.path, "d", "out/new"),
    () => removePath(workspace.path, "d", "out/secret"),
    () => movePath(workspace.path, "d", "config.xml", "out/config.xml"),
    () => movePath(workspace.path, "d", "out/secret", "secret"),
    () => setExecutable(workspace.path, "d", "out/secret", true),
    () => setExecutable(workspace.path, "d", "inside", true),
    () => makeFile(workspace.path, "d", "../e/new", bytes),
  ])
    await expect(change()).rejects.toThrow(/leads out of the workspace|is a link|plain relative path/);
  await movePath(workspace.path, "d", "inside", "moved");
  expect(lstatSync(at("d/moved")).isSymbolicLink()).toBe(true);
  await removePath(workspace.path, "d", "moved");
  await removePath(workspace.path, "d", "out");
  expect(readFileSync(at("outside/kept"), "utf8")).toBe("kept");
  expect(existsSync(join(elsewhere.path, "secret"))).toBe(true);
});
