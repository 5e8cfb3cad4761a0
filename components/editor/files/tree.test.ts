import { describe, expect, it } from "vitest";
import type { FileEntry } from "#lib/contracts/description.ts";
import { treeMove } from "./tree-keys.ts";
import { buildTree, expandedAtFirst, visibleRows } from "./tree-model.ts";

const entry = (path: string, kind: FileEntry["kind"] = "file"): FileEntry => ({ path, kind, size: 1, mode: 0o644 });

const entries = [
  entry("root/etc/fstab"),
  entry("config.xml"),
  entry("root", "directory"),
  entry("root/etc", "directory"),
  entry("config.sh"),
  entry("platforms", "directory"),
  entry("platforms/disk10.xml"),
  entry("platforms/disk9.xml"),
];
const tree = buildTree(entries);
const names = (expanded: Set<string>) => visibleRows(tree, expanded).map((row) => `${row.level} ${row.node.path}`);

describe("the tree of a description", () => {
  it("puts folders first and counts in names like people", () => {
    expect(names(new Set(["platforms"]))).toEqual([
      "1 platforms",
      "2 platforms/disk9.xml",
      "2 platforms/disk10.xml",
      "1 root",
      "1 config.sh",
      "1 config.xml",
    ]);
  });

  it("starts with the overlay folded, unless a file in it is open", () => {
    expect(expandedAtFirst(tree, ["config.xml"])).toEqual(new Set(["platforms"]));
    expect(expandedAtFirst(tree, ["root/etc/fstab"])).toEqual(new Set(["platforms", "root", "root/etc"]));
  });

  it("tells assistive technology where each line stands", () => {
    const rows = visibleRows(tree, new Set(["platforms"]));
    expect(rows[2]).toMatchObject({ level: 2, position: 2, siblings: 2, expanded: undefined });
    expect(rows[3]).toMatchObject({ level: 1, position: 2, siblings: 4, expanded: false });
  });
});

describe("keys in the tree", () => {
  const rows = visibleRows(tree, new Set(["platforms"]));
  const press = (path: string, key: string) => treeMove(rows, path, key);

  it("walks through the visible lines and stops at the ends", () => {
    expect(press("platforms", "ArrowDown")).toEqual({ kind: "focus", path: "platforms/disk9.xml" });
    expect(press("platforms", "ArrowUp")).toBeUndefined();
    expect(press("config.sh", "Home")).toEqual({ kind: "focus", path: "platforms" });
    expect(press("platforms", "End")).toEqual({ kind: "focus", path: "config.xml" });
  });

  it("opens, enters, leaves and closes folders", () => {
    expect(press("root", "ArrowRight")).toEqual({ kind: "expand", path: "root" });
    expect(press("platforms", "ArrowRight")).toEqual({ kind: "focus", path: "platforms/disk9.xml" });
    expect(press("platforms/disk10.xml", "ArrowLeft")).toEqual({ kind: "focus", path: "platforms" });
    expect(press("platforms", "ArrowLeft")).toEqual({ kind: "collapse", path: "platforms" });
    expect(press("platforms", "Enter")).toEqual({ kind: "collapse", path: "platforms" });
  });

  it("opens files by Enter and finds them by their first letter", () => {
    expect(press("config.sh", "Enter")).toEqual({ kind: "open", path: "config.sh" });
    expect(press("config.sh", "c")).toEqual({ kind: "focus", path: "config.xml" });
    expect(press("config.xml", "C")).toEqual({ kind: "focus", path: "config.sh" });
    expect(press("config.sh", "Tab")).toBeUndefined();
  });
});
