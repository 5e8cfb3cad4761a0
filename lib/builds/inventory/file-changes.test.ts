import { expect, test } from "vitest";
import { type Inventory, ORIGIN } from "#lib/contracts/inventory.ts";
import { fileChanges } from "./file-changes.ts";

const packages = (shell: string): Inventory["packages"] => [
  { name: "sh", version: shell, architecture: "amd64", bytes: 1, requires: [] },
  { name: "libc", version: "2", architecture: "amd64", bytes: 1, requires: [] },
];
const before: Inventory = {
  packages: packages("1"),
  files: [
    ["usr/bin/sh", 10, 0, "aa", 1],
    ["usr/bin/old-tool", 3, 0, "ab", 1],
    ["usr/lib/libc.so", 20, 1, "bb", 1],
    ["bin", 7, 1, "> usr/bin", 1],
    ["etc/motd", 5, ORIGIN.overlay, "cc", 1],
    ["etc/machine-id", 33, ORIGIN.other, "dd", 1],
    ["etc/gone", 1, ORIGIN.other, "ee", 1],
  ],
};

test("files are told by their contents; those of updated packages are counted, known habits named", () => {
  const after: Inventory = {
    packages: packages("2"),
    files: [
      ["usr/bin/sh", 11, 0, "a2", 2],
      ["usr/lib/libc.so", 20, 1, "bb", 2],
      ["bin", 7, 1, "> usr/bin", 1],
      ["etc/motd", 5, ORIGIN.overlay, "c2", 2],
      ["etc/machine-id", 33, ORIGIN.other, "d2", 2],
      ["etc/new", 4, ORIGIN.other, "ff", 2],
    ],
  };
  const found = fileChanges(before, after);
  expect(found).toMatchObject({ updated: 2, same: 2, otherTime: 1 });
  expect(found?.changes).toEqual([
    { path: "etc/gone", origin: "", before: 1, after: null, habit: null },
    { path: "etc/machine-id", origin: "", before: 33, after: 33, habit: expect.stringContaining("random name") },
    { path: "etc/motd", origin: "overlay", before: 5, after: 5, habit: null },
    { path: "etc/new", origin: "", before: null, after: 4, habit: null },
  ]);
});

test("a file of a package whose version is the same is no matter of an update", () => {
  const files = before.files.map((file) => (file[0] === "usr/lib/libc.so" ? [file[0], 20, 1, "b2", 1] : file));
  const changed = { ...before, files: files as Inventory["files"] };
  expect(fileChanges(before, changed)?.changes).toMatchObject([{ path: "usr/lib/libc.so", origin: "libc" }]);
  expect(fileChanges(before, before)).toEqual({ changes: [], updated: 0, same: 7, otherTime: 0 });
});

test("inventories without contents are not compared", () => {
  expect(fileChanges(before, { packages: null, files: [["usr/bin/sh", 10, 0]] })).toBe(null);
});
