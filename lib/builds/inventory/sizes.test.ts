import { expect, test } from "vitest";
import type { Inventory } from "#lib/contracts/inventory.ts";
import { folderEntries, origins } from "./sizes.ts";

const one = (name: string) => ({ name, version: "1", architecture: null, bytes: 0, requires: [] });
const inventory: Inventory = {
  packages: [one("bash"), one("libc"), one("empty")],
  files: [
    ["usr/bin/bash", 100, 0],
    ["usr/bin/rbash", 0, 0],
    ["usr/lib/libc.so", 300, 1],
    ["usr/libexec", 7, -2],
    ["etc/motd", 5, -1],
  ],
};

test("a folder's entries weigh what is below them", () => {
  expect(folderEntries(inventory, "")).toEqual([
    { name: "usr", bytes: 407, files: 4, folder: true, origin: "" },
    { name: "etc", bytes: 5, files: 1, folder: true, origin: "" },
  ]);
  expect(folderEntries(inventory, "usr")).toMatchObject([
    { name: "lib", bytes: 300 },
    { name: "bin", bytes: 100, files: 2 },
    { name: "libexec", bytes: 7, folder: false, origin: "" },
  ]);
  expect(folderEntries(inventory, "etc")).toEqual([
    { name: "motd", bytes: 5, files: 1, folder: false, origin: "overlay" },
  ]);
  expect(folderEntries(inventory, "usr/lib")).toMatchObject([{ name: "libc.so", origin: "libc" }]);
  expect(folderEntries(inventory, "us")).toEqual([]);
});

test("every byte has one origin", () => {
  expect(origins(inventory)).toEqual({
    packages: [
      { name: "libc", bytes: 300, files: 1 },
      { name: "bash", bytes: 100, files: 2 },
    ],
    overlay: { name: "overlay", bytes: 5, files: 1 },
    other: { name: "other", bytes: 7, files: 1 },
  });
  expect(origins({ ...inventory, packages: null }).other).toMatchObject({ bytes: 407, files: 4 });
});
