import { expect, test } from "vitest";
import { describeSource, fileNameOf, folderSource, pastedSource, refusalOf, suggestedFolder } from "./import-source.ts";

const archive = (name: string) => ({ kind: "archive" as const, file: new File(["12345"], name) });
const folder = (...paths: string[]) => folderSource(paths.map((path) => ({ path, file: new File(["1"], path) })));

test.each([
  ["my image.tar.gz", "my-image"],
  ["image.tgz", "image"],
  ["image.1.0.zip", "image.1.0"],
  [".hidden.tar.xz", "hidden"],
  ["image", "image"],
])("the archive %s suggests the folder %s", (name, wanted) => expect(suggestedFolder(archive(name))).toBe(wanted));

test("a folder suggests its own name, and is sent without version control", () => {
  const source = folder("mine/config.xml", "mine/.git/config", "mine/root/.gitignore");
  expect(suggestedFolder(source)).toBe("mine");
  expect(describeSource(source)).toBe("2 files, 2 B (without .git)");
  expect(refusalOf(source)).toBeNull();
  expect(refusalOf(folder("mine/.git/config"))).toBe("The folder holds no files.");
  expect(describeSource(archive("image.zip"))).toBe("image.zip, 5 B");
});

test.each([
  ["\n<?xml version='1.0'?>", "config.xml"],
  ["{ image: {} }", "config.json5"],
  ["# mine\nimage:\n  - x", "config.yaml"],
  ["# mine\n\n[image]\nx = 1", "config.toml"],
])("%j is kept as %s", (text, name) => {
  expect(fileNameOf(text)).toBe(name);
  expect(pastedSource(text)).toMatchObject({ files: [{ path: name }] });
});
