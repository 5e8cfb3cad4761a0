/** What of a tree's line matters to keys. */
interface WalkedRow {
  node: { path: string; name: string; children: readonly unknown[] };
  level: number;
  expanded: boolean | undefined;
}

/** What a key asks of the tree. */
export type TreeMove =
  | { kind: "focus"; path: string }
  | { kind: "expand"; path: string }
  | { kind: "collapse"; path: string }
  | { kind: "open"; path: string };

/**
 * What a key means on a line of the tree, after the tree view pattern of the ARIA authoring practices; undefined = the
 * key is not ours. A single letter or digit goes to the next name that starts with it.
 */
export function treeMove(rows: readonly WalkedRow[], focused: string, key: string): TreeMove | undefined {
  const at = rows.findIndex((row) => row.node.path === focused);
  const row = rows[at];
  if (!row) return undefined;
  const focus = (target: WalkedRow | undefined): TreeMove | undefined =>
    target && { kind: "focus", path: target.node.path };
  switch (key) {
    case "ArrowDown":
      return focus(rows[at + 1]);
    case "ArrowUp":
      return focus(rows[at - 1]);
    case "Home":
      return focus(rows[0]);
    case "End":
      return focus(rows.at(-1));
    case "ArrowRight":
      if (row.expanded === false) return { kind: "expand", path: focused };
      return row.expanded && row.node.children.length > 0 ? focus(rows[at + 1]) : undefined;
    case "ArrowLeft":
      if (row.expanded) return { kind: "collapse", path: focused };
      return focus(rows.slice(0, at).findLast((above) => above.level < row.level));
    case "Enter":
    case " ":
      if (row.expanded === undefined) return { kind: "open", path: focused };
      return { kind: row.expanded ? "collapse" : "expand", path: focused };
    default:
      return /^[\p{L}\p{N}._-]$/u.test(key) ? focus(nextWithLetter(rows, at, key)) : undefined;
  }
}

function nextWithLetter(rows: readonly WalkedRow[], at: number, letter: string): WalkedRow | undefined {
  const after = [...rows.slice(at + 1), ...rows.slice(0, at)];
  return after.find((row) => row.node.name.toLowerCase().startsWith(letter.toLowerCase()));
}
