import type { FileEntry } from "#lib/contracts/description.ts";

/** A file or folder of the tree with what is in it. */
export interface TreeNode {
  path: string;
  name: string;
  entry: FileEntry;
  children: TreeNode[];
}

/** One visible line of the tree; `level`, `position` and `siblings` count from 1, as ARIA counts. */
export interface TreeRow {
  node: TreeNode;
  level: number;
  position: number;
  siblings: number;
  expanded: boolean | undefined;
}

/** More than this in a folder, and it stays folded until somebody asks. */
const FOLDED_FROM = 40;

const byKindThenName = (a: TreeNode, b: TreeNode) =>
  Number(b.entry.kind === "directory") - Number(a.entry.kind === "directory") ||
  a.name.localeCompare(b.name, "en", { numeric: true });

/** The tree of a flat list of entries; folders come first, then names in natural order. */
export function buildTree(entries: readonly FileEntry[]): TreeNode[] {
  const roots: TreeNode[] = [];
  const folders = new Map<string, TreeNode>();
  const sorted = [...entries].sort((a, b) => a.path.split("/").length - b.path.split("/").length);
  for (const entry of sorted) {
    const cut = entry.path.lastIndexOf("/");
    const node: TreeNode = { path: entry.path, name: entry.path.slice(cut + 1), entry, children: [] };
    if (entry.kind === "directory") folders.set(entry.path, node);
    const parent = cut < 0 ? undefined : folders.get(entry.path.slice(0, cut));
    (parent?.children ?? roots).push(node);
  }
  for (const folder of folders.values()) folder.children.sort(byKindThenName);
  return roots.sort(byKindThenName);
}

/** KIWI copies these folders into the image: `root`, and the overlays of profiles, which people name alike. */
export const isOverlay = (name: string) => name === "root" || name.includes("overlay");

/** Folders that are open at first: those above the given files, and small ones that are no overlay. */
export function expandedAtFirst(tree: readonly TreeNode[], openFiles: readonly string[]): Set<string> {
  const expanded = new Set<string>();
  for (const node of tree) {
    const small = !isOverlay(node.name) && node.children.length > 0 && node.children.length < FOLDED_FROM;
    if (node.entry.kind === "directory" && small) expanded.add(node.path);
  }
  for (const file of openFiles) for (const folder of foldersAbove(file)) expanded.add(folder);
  return expanded;
}

/** All folders that a path lies in, outermost first. */
export function foldersAbove(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

/** The lines to draw, in order. */
export function visibleRows(tree: readonly TreeNode[], expanded: ReadonlySet<string>, level = 1): TreeRow[] {
  return tree.flatMap((node, index) => {
    const open = node.entry.kind === "directory" ? expanded.has(node.path) : undefined;
    const row: TreeRow = { node, level, position: index + 1, siblings: tree.length, expanded: open };
    return open ? [row, ...visibleRows(node.children, expanded, level + 1)] : [row];
  });
}
