import { expect, test } from "vitest";
import { droppedSource } from "./dropped.ts";

/** Entries as a browser gives them: files by callback, folders in portions until there is an empty one. */
const file = (fullPath: string) => ({
  isFile: true,
  isDirectory: false,
  fullPath,
  file: (done: (file: File) => void) => done(new File(["x"], fullPath.split("/").at(-1) ?? "")),
});
const folder = (fullPath: string, ...inside: object[]) => ({
  isFile: false,
  isDirectory: true,
  fullPath,
  createReader() {
    const left = [...inside];
    return { readEntries: (done: (some: object[]) => void) => done(left.splice(0, 2)) };
  },
});
const drop = (...entries: object[]) =>
  droppedSource({ items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })) } as unknown as DataTransfer);

test("one file is taken for an archive", async () => {
  expect(await drop(file("/image.zip"))).toMatchObject({ kind: "archive", file: { name: "image.zip" } });
});

test("a folder comes with all that is in it, but not with its version control", async () => {
  const source = await drop(
    folder(
      "/mine",
      file("/mine/config.xml"),
      file("/mine/config.sh"),
      folder("/mine/root", folder("/mine/root/etc", file("/mine/root/etc/motd"))),
      folder("/mine/.git", file("/mine/.git/config")),
    ),
  );
  expect(source?.kind === "files" && source.files.map(({ path }) => path)).toEqual([
    "mine/config.xml",
    "mine/config.sh",
    "mine/root/etc/motd",
  ]);
  expect(source).toMatchObject({ leftOut: 1 });
});

test("words that were dropped are nothing", async () => {
  expect(await droppedSource({ items: [{ webkitGetAsEntry: () => null }] } as unknown as DataTransfer)).toBeNull();
});
