import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { lstat, readdir, readFile, readlink, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { importLimits } from "#lib/contracts/import.ts";
import { type TarEntry, tarEnd, tarHeader, tarPadding } from "#server/web/tar.ts";
import { importDescription, type Upload } from "./import-description.ts";
import { imageXml, testWorkspace } from "./test-workspace.ts";

const searchPath = "/usr/bin:/bin";

/** Packs the files that a script of the shell makes in an empty folder. */
function packed(script: string, pack: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "pack-"));
  try {
    execFileSync("bash", ["-euc", `mkdir in; cd in; ${script}\n${pack}`], { cwd: folder, stdio: "pipe" });
    return readFileSync(join(folder, "out"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A tar archive with entries that no program would write. */
const tarOf = (...entries: readonly (Partial<TarEntry> & { path: string; text?: string })[]) =>
  Buffer.concat([
    ...entries.flatMap(({ text = "", ...entry }) => [
      tarHeader({ size: Buffer.byteLength(text), mode: 0o644, written: 0, ...entry }),
      Buffer.from(text),
      tarPadding(Buffer.byteLength(text)),
    ]),
    tarEnd,
  ]);
const image = {
  path: "config.xml",
  text: imageXml("one", '<profiles><profile name="Live" description=""/></profiles>'),
};
const link = (path: string, target: string) => ({ path, target, kind: "link" as const });

async function workspaceWith(...files: [string, string][]) {
  const workspace = await testWorkspace(Object.fromEntries(files));
  onTestFinished(() => workspace[Symbol.asyncDispose]());
  const bring = (upload: Buffer | Upload, folder = "new", limits = importLimits) =>
    importDescription(workspace.path, folder, Buffer.isBuffer(upload) ? { kind: "archive", bytes: upload } : upload, {
      searchPath,
      limits,
    });
  return { ...workspace, bring };
}

const description = `mkdir -p image/root/etc/systemd image/parts; cd image
printf '%s' '${image.text}' > config.xml; echo hello > root/etc/motd; chmod 600 root/etc/motd
printf '#!/bin/bash\\n' > config.sh; chmod 4755 config.sh; ln -s ../config.sh parts/script
ln -s /usr/share/zoneinfo/UTC root/etc/localtime; ln -s ../usr/lib root/etc/up; mkdir -m 700 root/etc/empty
head -c 300000 /dev/urandom > root/etc/ünï; cd ..`;

test.each([
  ["tar", "tar -cf ../out image"],
  ["tar of GNU", "tar --format=gnu -cf ../out image"],
  ["old tar", "tar --format=ustar -cf ../out ./image"],
  ["tar.gz", "tar -czf ../out image"],
  ["tar.xz", "tar -cJf ../out image"],
  ["zip", "zip -qry ../out.zip image; mv ../out.zip ../out"],
  ["zip without packing", "zip -0qry ../out.zip image; mv ../out.zip ../out"],
])("%s: files, rights and links arrive as they were, without the folder around them", async (_, pack) => {
  const { bring, path } = await workspaceWith();
  const long = `mkdir -p image/${"long-name/".repeat(15)}; echo deep > image/${"long-name/".repeat(15)}file\n`;
  const result = await bring(packed(`${description}\n${long}`, pack), "a/new");
  expect(result).toEqual({ descriptions: ["a/new/config.xml"], leftOut: [] });
  const at = (file: string) => join(path, "a/new", file);
  expect(await readFile(at("config.xml"), "utf8")).toBe(image.text);
  expect((await lstat(at("root/etc/motd"))).mode & 0o7777).toBe(0o600);
  expect((await lstat(at("config.sh"))).mode & 0o7777).toBe(0o755);
  expect((await lstat(at("root/etc/empty"))).mode & 0o7777).toBe(0o700);
  expect(await readlink(at("parts/script"))).toBe("../config.sh");
  expect(await readlink(at("root/etc/localtime"))).toBe("/usr/share/zoneinfo/UTC");
  expect(await readlink(at("root/etc/up"))).toBe("../usr/lib");
  expect((await lstat(at("root/etc/ünï"))).size).toBe(300_000);
  expect(await readFile(at(`${"long-name/".repeat(15)}file`), "utf8")).toBe("deep\n");
  expect(await readdir(path)).toEqual(["a"]);
});

test("several descriptions, some of them not at the top, are all told", async () => {
  const { bring } = await workspaceWith();
  const archive = tarOf({ ...image, path: "one/config.xml" }, { ...image, path: "two/appliance.kiwi" });
  expect((await bring(archive)).descriptions).toEqual(["new/one/config.xml", "new/two/appliance.kiwi"]);
});

test("version control is left out, and that is said", async () => {
  const { bring, path } = await workspaceWith();
  const archive = packed("git init -q .; echo '<image/>' > config.xml; mkdir sub; git init -q sub", "tar -cf ../out .");
  expect((await bring(archive)).leftOut.sort()).toEqual([".git", "sub/.git"]);
  expect((await readdir(join(path, "new"))).sort()).toEqual(["config.xml", "sub"]);
});

test("an uploaded folder becomes a description", async () => {
  const { bring, path } = await workspaceWith();
  const files = [
    { path: "mine/config.xml", bytes: Buffer.from(image.text) },
    { path: "mine/root/etc/motd", bytes: Buffer.from("hello") },
  ];
  expect(await bring({ kind: "files", files })).toEqual({ descriptions: ["new/config.xml"], leftOut: [] });
  expect(await readFile(join(path, "new/root/etc/motd"), "utf8")).toBe("hello");
});

const hostile: [name: string, archive: () => Buffer, reason: RegExp][] = [
  ["an absolute path", () => tarOf(image, { path: "/tmp/evil", text: "x" }), /absolute path "\/tmp\/evil"/],
  ["a way out", () => tarOf(image, { path: "a/../../evil", text: "x" }), /"a\/\.\.\/\.\.\/evil", which leads out/],
  ["a link out", () => tarOf(image, link("out", "../../outside")), /link "out" leads out of its folder/],
  ["an absolute link", () => tarOf(image, link("out", "/etc/passwd")), /link "out" leads out of its folder/],
  [
    "a link out of its folder, but not of what is around it",
    () => tarOf({ ...image, path: "top/config.xml" }, link("top/out", "../beside")),
    /link "out" leads out/,
  ],
  [
    "a link out of an overlay",
    () => tarOf(image, link("Live/etc/out", "../../config.xml")),
    /link "Live\/etc\/out" leads out/,
  ],
  [
    "a link that leads out through another one",
    () => tarOf(image, link("up", "a/b/down/.."), link("a/b/down", "../.."), { path: "a/b/c", text: "x" }),
    /link "up" leads out/,
  ],
  ["a link in a circle", () => tarOf(image, link("one", "two"), link("two", "one")), /link "one" leads nowhere/],
  [
    "a file behind a link",
    () => tarOf(image, link("dir", "../../outside"), { path: "dir/evil", text: "x" }),
    /(?:"dir" twice|leads out)/,
  ],
  ["a file twice", () => tarOf(image, image), /"config.xml" twice/],
  ["a file in a file", () => tarOf(image, { path: "config.xml/a", text: "x" }), /"config.xml" twice/],
  ["a name with a line feed", () => tarOf(image, { path: "a\nb", text: "x" }), /"a\\nb", with control characters/],
  ["a long name", () => tarOf(image, { path: "n".repeat(300), text: "x" }), /too long/],
  ["a name without a part", () => tarOf(image, { path: "a//b", text: "x" }), /not a plain path/],
  [
    "a name that is not UTF-8",
    () => packed("touch config.xml; touch $'b\\xffd'", "tar -cf ../out *"),
    /file name that is not UTF-8: "bÿd"/,
  ],
  ["a pipe", () => packed("touch config.xml; mkfifo pipe", "tar -cf ../out *"), /"pipe" is a pipe/],
  ["a hard link", () => packed("touch a.kiwi; ln a.kiwi b", "tar -cf ../out *"), /"b" is a hard link/],
  [
    "a device",
    () => {
      const archive = tarOf(image, { path: "disk", text: "" });
      const at = archive.lastIndexOf("disk\0");
      archive[at + 156] = "4".charCodeAt(0);
      return resummed(archive, at);
    },
    /"disk" is a device/,
  ],
  ["a wrong checksum", () => Buffer.from(tarOf(image)).fill("X", 0, 1), /damaged, or it is no tar archive/],
  ["an end in the middle", () => tarOf({ ...image, text: "x".repeat(2000) }).subarray(0, 1024), /ends in the middle/],
  ["a cut gzip", () => gzipSync(tarOf(image)).subarray(0, 60), /damaged or cut off/],
  ["a cut xz", () => packed("touch config.xml", "tar -cJf ../x *; head -c -20 ../x > ../out"), /damaged or cut off/],
  [
    "a cut zip",
    () => packed("touch config.xml", "zip -q ../x.zip *; head -c -30 ../x.zip > ../out"),
    /damaged or cut off/,
  ],
  [
    "an encrypted zip",
    () => packed("echo x > config.xml", "zip -qP secret ../x.zip *; mv ../x.zip ../out"),
    /encrypted/,
  ],
  [
    "another name in the zip",
    () => {
      const archive = packed("echo x > config.xml", "zip -q ../x.zip *; mv ../x.zip ../out");
      archive.write("config.xmm", 30, "latin1");
      return archive;
    },
    /damaged or cut off/,
  ],
  [
    "a changed byte in the zip",
    () => {
      const archive = packed("echo hello > config.xml", "zip -0q ../x.zip *; mv ../x.zip ../out");
      archive.write("jello", archive.indexOf("hello"), "latin1");
      return archive;
    },
    /damaged or cut off/,
  ],
  [
    "a zip with a way out",
    () =>
      Buffer.from(
        packed("echo x > aa_evil", "zip -q ../x.zip *; mv ../x.zip ../out")
          .toString("latin1")
          .replaceAll("aa_evil", "../evil"),
        "latin1",
      ),
    /"\.\.\/evil", which leads out/,
  ],
  ["no description", () => tarOf({ path: "readme", text: "x" }), /no description in it/],
  ["no archive", () => Buffer.from("hello"), /no archive that is understood/],
  ["nothing", () => Buffer.alloc(0), /no archive that is understood/],
];

/** Mends the checksum of a header that was changed. */
function resummed(archive: Buffer, at: number): Buffer {
  const header = archive.subarray(at, at + 512);
  header.fill(" ", 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return archive;
}

test.each(hostile)("%s is refused, and nothing stays", async (_, archive, reason) => {
  const { bring, dir, path } = await workspaceWith();
  await expect(bring(archive(), "deep/new")).rejects.toThrow(reason);
  expect(await readdir(path)).toEqual([]);
  expect(await readdir(join(dir, "outside"))).toEqual(["secret.txt"]);
});

test("there are limits", async () => {
  const { bring, path } = await workspaceWith();
  const zeros = (size: number) => ({ path: "zeros", text: "\0".repeat(size) });
  const limits = { ...importLimits, entries: 4, file: 4000, total: 6000, small: 100 };
  const refused = async (archive: Buffer, reason: RegExp) =>
    expect(bring(archive, "new", limits)).rejects.toThrow(reason);
  await refused(tarOf(image, { path: "a/b/c/d", text: "x" }), /more than 4 files and folders/);
  await refused(tarOf(image, zeros(5000)), /"zeros" is larger than/);
  await refused(tarOf(image, zeros(3000), { ...zeros(3500), path: "more" }), /larger than 0 MiB together/);
  await refused(tarOf(image, { path: ".git/x", text: "\0".repeat(20_000) }), /too large when it is unpacked/);
  await expect(bring(gzipSync(tarOf(image, zeros(3000))), "new", { ...limits, ratio: 2 })).rejects.toThrow(
    /more than 2 times as large/,
  );
  expect(await readdir(path)).toEqual([]);
});

test("what exists is never touched, and what a dead process left behind goes", async () => {
  const { bring, path } = await workspaceWith(
    ["mine/config.xml", "mine"],
    [".new-old/file", "x"],
    [".new-now/file", "x"],
  );
  await utimes(join(path, ".new-old"), 0, 0);
  await expect(bring(tarOf(image), "mine")).rejects.toThrow(/"mine" exists already/);
  await expect(bring(tarOf(image), "mine/config.xml/new")).rejects.toThrow(/exists as something else/);
  await expect(bring(tarOf(image), ".git/hooks")).rejects.toThrow(/begin with a dot/);
  expect(await readFile(join(path, "mine/config.xml"), "utf8")).toBe("mine");
  await bring(tarOf(image), "mine/inner");
  expect((await readdir(path)).sort()).toEqual([".new-now", "mine"]);
});
