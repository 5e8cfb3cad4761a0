import { VisuallyHidden } from "@mantine/core";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import type { FileEntry } from "#lib/contracts/description.ts";
import type { GitChange } from "#lib/contracts/git.ts";
import { changeWords } from "../git/words.ts";
import { fileKind } from "./file-icon.tsx";
import classes from "./file-tree.module.css";
import { itemOf, TreeItem } from "./tree-item.tsx";
import { treeMove } from "./tree-keys.ts";
import { buildTree, expandedAtFirst, foldersAbove, type TreeRow, visibleRows } from "./tree-model.ts";

export interface FileTreeProps {
  entries: readonly FileEntry[];
  /** The file in the editor. */
  active: string;
  dirty: ReadonlySet<string>;
  /** Number of errors by file. */
  errors: ReadonlyMap<string, number>;
  /** What is different since the last commit, by file. */
  changes: ReadonlyMap<string, GitChange["state"]>;
  /** What to show and to give the focus to; each object asks once. */
  revealed: { path: string } | null;
  onOpen(path: string): void;
  onFocus(path: string): void;
  /** Somebody asks what can be done with the line in focus. */
  onMenu(): void;
}

/** The files of the description. One line of it is in the Tab order; arrows walk from there. */
export function FileTree({
  entries,
  active,
  dirty,
  errors,
  changes,
  revealed,
  onOpen,
  onFocus,
  onMenu,
}: FileTreeProps) {
  const tree = useMemo(() => buildTree(entries), [entries]);
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(() => expandedAtFirst(tree, [active]));
  const [focused, setFocused] = useState(active);
  const list = useRef<HTMLUListElement>(null);
  const rows = useMemo(() => visibleRows(tree, expanded), [tree, expanded]);
  const reachable = rows.some((row) => row.node.path === focused) ? focused : rows[0]?.node.path;

  useEffect(() => {
    if (reachable !== undefined) onFocus(reachable);
  }, [reachable, onFocus]);

  useEffect(() => {
    setFocused(active);
    setExpanded((before) => new Set([...before, ...foldersAbove(active)]));
  }, [active]);

  useEffect(() => {
    if (!revealed) return;
    const { path } = revealed;
    setExpanded((before) => new Set([...before, ...foldersAbove(path), path]));
    setFocused(path);
    // The folders above have to be drawn first.
    const frame = requestAnimationFrame(() => itemOf(list.current, path)?.focus());
    return () => cancelAnimationFrame(frame);
  }, [revealed]);

  function toggle(path: string, open: boolean) {
    const next = new Set(expanded);
    if (open) next.add(path);
    else next.delete(path);
    setExpanded(next);
  }

  function focus(path: string) {
    setFocused(path);
    itemOf(list.current, path)?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey || reachable === undefined) return;
    const move = treeMove(rows, reachable, event.key);
    if (!move) return;
    event.preventDefault();
    if (move.kind === "focus") focus(move.path);
    else if (move.kind === "open") onOpen(move.path);
    else toggle(move.path, move.kind === "expand");
  }

  function onClick({ node, expanded }: TreeRow) {
    setFocused(node.path);
    if (expanded === undefined) onOpen(node.path);
    else toggle(node.path, !expanded);
  }

  return (
    <ul
      role="tree"
      aria-label="Files"
      className={classes.tree}
      ref={list}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => {
        const path = (event.target as HTMLElement).closest<HTMLElement>("[data-path]")?.dataset["path"];
        if (path === undefined) return;
        event.preventDefault();
        setFocused(path);
        onMenu();
      }}
    >
      {rows.map((row) => (
        <TreeItem
          key={row.node.path}
          row={row}
          selected={row.node.path === active}
          reachable={row.node.path === reachable}
          title={row.node.path}
          onClick={() => onClick(row)}
        >
          <RowContent
            row={row}
            dirty={dirty.has(row.node.path)}
            errors={errors.get(row.node.path) ?? 0}
            change={changes.get(row.node.path)}
          />
        </TreeItem>
      ))}
    </ul>
  );
}

interface RowContentProps {
  row: TreeRow;
  dirty: boolean;
  errors: number;
  change: GitChange["state"] | undefined;
}

function RowContent({ row, dirty, errors, change }: RowContentProps) {
  const { Icon, word } = fileKind(row.node.entry, row.expanded);
  return (
    <>
      <Icon size={16} className={classes.icon} aria-hidden />
      <span className={classes.name}>{row.node.name}</span>
      {word !== "file" && word !== "folder" && <VisuallyHidden>, {word}</VisuallyHidden>}
      {dirty && (
        <span>
          <span aria-hidden>●</span>
          <VisuallyHidden>, changed</VisuallyHidden>
        </span>
      )}
      {change && (
        <span className={classes.change}>
          <span aria-hidden>{changeWords[change].letter}</span>
          <VisuallyHidden>, {changeWords[change].word}</VisuallyHidden>
        </span>
      )}
      {errors > 0 && (
        <span className={classes.errors}>
          {errors}
          <VisuallyHidden>{errors === 1 ? " error" : " errors"}</VisuallyHidden>
        </span>
      )}
    </>
  );
}
