import { readFile, rename, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { listFiles, readSources } from "./file-tree.ts";
import { imageXml, testWorkspace } from "./test-workspace.ts";
import { readText, writeText } from "./text-file.ts";

describe("reading and saving", () => {
  test("a save needs the version that was read, keeps the mode and gives the next version", async () => {
    await using workspace = await testWorkspace();
    await workspace.write("d/config.sh", "old\n", 0o755);
    const read = await readText(workspace.path, "d", "config.sh");
    expect(read).toMatchObject({ path: "config.sh", text: "old\n", writable: true });
    const saved = await writeText(workspace.path, "d", { path: "config.sh", text: "new ä\n", version: read.version });
    const again = await readText(workspace.path, "d", "config.sh");
    expect(saved).toEqual({ outcome: "saved", version: again.version });
    expect(again.text).toBe("new ä\n");
    expect((await stat(join(workspace.path, "d/config.sh"))).mode & 0o777).toBe(0o755);
  });

  test("a file that changed on disk is a conflict with its present text, and is not touched", async () => {
    await using workspace = await testWorkspace({ "d/a.txt": "one" });
    const { version } = await readText(workspace.path, "d", "a.txt");
    await workspace.write("d/a.txt", "changed by somebody");
    const result = await writeText(workspace.path, "d", { path: "a.txt", text: "mine", version });
    expect(result).toMatchObject({ outcome: "conflict", current: { text: "changed by somebody" } });
    expect(await readFile(join(workspace.path, "d/a.txt"), "utf8")).toBe("changed by somebody");
  });

  test("of many saves of the same version one wins", async () => {
    await using workspace = await testWorkspace({ "d/a.txt": "one" });
    const { version } = await readText(workspace.path, "d", "a.txt");
    const texts = Array.from({ length: 20 }, (_, n) => `text ${n}`);
    const results = await Promise.all(
      texts.map((text) => writeText(workspace.path, "d", { path: "a.txt", text, version })),
    );
    expect(results.filter(({ outcome }) => outcome === "saved")).toHaveLength(1);
  });

  test("without a version a file is made, never replaced", async () => {
    await using workspace = await testWorkspace({ "d/there.txt": "there" });
    const made = await writeText(workspace.path, "d", { path: "new.txt", text: "new", version: null });
    expect(made.outcome).toBe("saved");
    const refused = await writeText(workspace.path, "d", { path: "there.txt", text: "new", version: null });
    expect(refused).toMatchObject({ outcome: "conflict", current: { text: "there" } });
  });

  test("a file that is gone is a conflict without a present text", async () => {
    await using workspace = await testWorkspace({ "d/config.xml": "x" });
    const version = "0".repeat(64);
    expect(await writeText(workspace.path, "d", { path: "gone.txt", text: "x", version })).toEqual({
      outcome: "conflict",
      current: null,
    });
  });

  test("a byte order mark and line ends stay as they are", async () => {
    await using workspace = await testWorkspace({ "d/a.xml": "\uFEFF<a/>\r\n" });
    expect((await readText(workspace.path, "d", "a.xml")).text).toBe("\uFEFF<a/>\r\n");
  });

  test("what is no text in UTF-8 is refused in words", async () => {
    await using workspace = await testWorkspace();
    await workspace.write("d/image.bin", Buffer.from([0, 1, 2]));
    await workspace.write("d/latin1.txt", Buffer.from([0x61, 0xe4, 0x62]));
    for (const path of ["image.bin", "latin1.txt"])
      await expect(readText(workspace.path, "d", path)).rejects.toMatchObject({
        reason: "refused",
        message: expect.stringContaining("not a text file"),
      });
  });
});

describe("no path leaves the workspace", () => {
  const paths = ["../../outside/secret.txt", "/etc/passwd", "a/../../../outside/secret.txt", "x\0y", "", ".", "a//b"];

  test.each(paths)("%j", async (path) => {
    await using workspace = await testWorkspace({ "d/config.xml": imageXml("d"), "d/a/b": "" });
    await expect(readText(workspace.path, "d", path)).rejects.toMatchObject({ reason: "refused" });
    for (const version of [null, "0".repeat(64)])
      await expect(writeText(workspace.path, "d", { path, text: "x", version })).rejects.toMatchObject({
        reason: "refused",
      });
  });

  test.each([
    ["a link to a file", "link.txt", "../../outside/secret.txt", "link.txt"],
    ["an absolute link", "link.txt", "/etc/hostname", "link.txt"],
    ["a link to a folder", "folder", "../../outside", "folder/secret.txt"],
    ["a new file in a linked folder", "folder", "../../outside", "folder/new.txt"],
    ["a link to a link", "chain", "other", "chain/secret.txt"],
  ])("%s", async (_name, link, target, path) => {
    await using workspace = await testWorkspace({ "d/config.xml": imageXml("d") });
    await workspace.link(`d/${link}`, target);
    await workspace.link("d/other", "../../outside");
    const before = await readFile(join(workspace.dir, "outside/secret.txt"), "utf8");
    await expect(readText(workspace.path, "d", path)).rejects.toThrow();
    await expect(writeText(workspace.path, "d", { path, text: "x", version: null })).rejects.toMatchObject({
      reason: "refused",
    });
    expect(await readFile(join(workspace.dir, "outside/secret.txt"), "utf8")).toBe(before);
  });

  test("a folder that is swapped for a link again and again never lets a read or write out", async () => {
    await using workspace = await testWorkspace({ "d/sub/secret.txt": "inside", "d/config.xml": imageXml("d") });
    const sub = join(workspace.path, "d/sub");
    let done = false;
    const swap = (async () => {
      await symlink("../../outside", join(workspace.path, "d/evil"));
      while (!done) {
        await rename(sub, join(workspace.path, "d/kept"));
        await rename(join(workspace.path, "d/evil"), sub);
        await rename(sub, join(workspace.path, "d/evil"));
        await rename(join(workspace.path, "d/kept"), sub);
        // The real folder stands long enough that some reads find it, however the machine schedules the two.
        await setTimeout(Math.random() * 3);
      }
    })();
    let inside = 0;
    for (let round = 0; round < 300 || inside === 0; round++) {
      const file = { path: "sub/secret.txt", text: `inside ${round}` };
      const current = await readText(workspace.path, "d", file.path).catch(() => null);
      if (!current) continue;
      expect(current.text).toMatch(/^inside/);
      inside++;
      await writeText(workspace.path, "d", { ...file, version: current.version }).catch(() => null);
      await writeText(workspace.path, "d", { path: `sub/new${round}`, text: "", version: null }).catch(() => null);
    }
    done = true;
    await swap;
    expect(inside).toBeGreaterThan(0);
    expect(await readFile(join(workspace.dir, "outside/secret.txt"), "utf8")).toBe("secret");
    await expect(stat(join(workspace.dir, "outside/new1"))).rejects.toThrow();
  });

  test("a pipe or folder is no file, and does not hang", async () => {
    await using workspace = await testWorkspace({ "d/folder/x": "" });
    await expect(readText(workspace.path, "d", "folder")).rejects.toMatchObject({ reason: "refused" });
  });
});

test("the file tree shows everything but version control, and follows no link", async () => {
  await using workspace = await testWorkspace({
    "d/config.xml": imageXml("d"),
    "d/root/etc/motd": "hello",
    "d/.git/HEAD": "x",
    "d/parts/a.xml": "<image/>",
    "d/parts/b.sh": "true",
  });
  await workspace.link("d/out", "../../outside");
  const entries = await listFiles(workspace.path, "d");
  expect(entries.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
    "file config.xml",
    "link out",
    "directory parts",
    "file parts/a.xml",
    "file parts/b.sh",
    "directory root",
    "directory root/etc",
    "file root/etc/motd",
  ]);
  expect(entries[1]?.target).toBe("../../outside");
  expect((await readSources(workspace.path, "d")).map(({ path }) => path)).toEqual([
    "config.xml",
    "parts/a.xml",
    "parts/b.sh",
  ]);
});
