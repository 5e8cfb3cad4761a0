import { expect, test } from "vitest";
import type { Inventory } from "#lib/contracts/inventory.ts";
import { findFile } from "./find-file.ts";

const inventory: Inventory = {
  packages: null,
  files: [
    ["usr/lib/os-release", 10, -2, "aaaaaaaaaaaaaaaa", 1],
    ["etc/os-release", 20, -2, "> ../usr/lib/os-release", 1],
    ["lib", 7, -2, "> usr/lib", 1],
    ["etc/escape", 3, -2, "> ../../../../usr/lib/os-release", 1],
    ["etc/loop", 3, -2, "> loop", 1],
    ["usr/bin/perl", 50, -2, "bbbbbbbbbbbbbbbb", 1],
    ["usr/bin/perl5", 0, -2, "bbbbbbbbbbbbbbbb", 1],
    ["dev/null", 0, -2, "c", 1],
    ["etc/empty", 0, -2, "cccccccccccccccc", 1],
  ],
};

test.each([
  ["usr/lib/os-release", "usr/lib/os-release", 10],
  ["/etc/os-release", "usr/lib/os-release", 10],
  ["lib/os-release", "usr/lib/os-release", 10],
  ["etc/escape", "usr/lib/os-release", 10],
  ["usr/bin/perl5", "usr/bin/perl5", 50],
  ["etc/empty", "etc/empty", 0],
])("%s leads to %s", (wanted, path, size) => {
  expect(findFile(inventory, wanted)).toEqual({ path, size });
});

test.each(["", "etc", "etc/loop", "dev/null", "usr/lib/absent", "../etc/passwd"])("%s is no file", (wanted) => {
  expect(findFile(inventory, wanted)).toBe(null);
});
