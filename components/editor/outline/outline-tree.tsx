import { Text } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import type { editor } from "monaco-editor/editor";
import { type KeyboardEvent, memo, useCallback, useMemo, useRef, useState } from "react";
import type { OutlineItem } from "#lib/kiwi/language/index.ts";
import classes from "../files/file-tree.module.css";
import { itemOf, TreeItem } from "../files/tree-item.tsx";
import { treeMove } from "../files/tree-keys.ts";
import { type OutlineRow, outlineNodes, outlineRows, rowAt } from "./outline-rows.ts";
import { useAtCursor } from "./use-at-cursor.ts";

interface OutlineTreeProps {
  items: readonly OutlineItem[];
  shown: editor.IStandaloneCodeEditor | null;
  onGo(item: OutlineItem): void;
}

/**
 * The elements of the file in the editor. One line of it is in the Tab order; arrows walk from there. There may be
 * thousands: they are drawn again only where something in them has changed, and not with each key.
 */
export const OutlineTree = memo(function OutlineTree({ items, shown, onGo }: OutlineTreeProps) {
  const nodes = useMemo(() => outlineNodes(items), [items]);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [focused, setFocused] = useState<string | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const rows = useMemo(() => outlineRows(nodes, toggled), [nodes, toggled]);
  const current = useAtCursor(
    shown,
    useCallback((offset: number) => rowAt(rows, offset)?.node.path, [rows]),
  );
  const reachable =
    [focused, current].find((path) => rows.some(({ node }) => node.path === path)) ?? rows[0]?.node.path;

  if (items.length === 0) {
    return (
      <Text size="xs" c="dimmed" px="sm" py={4}>
        Nothing to list in this file.
      </Text>
    );
  }

  function toggle(path: string) {
    const next = new Set(toggled);
    if (!next.delete(path)) next.add(path);
    setToggled(next);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey || reachable === undefined) return;
    const row = rows.find(({ node }) => node.path === reachable);
    if (event.key === "Enter" && row) {
      event.preventDefault();
      onGo(row.node.item);
      return;
    }
    const move = treeMove(rows, reachable, event.key);
    if (!move) return;
    event.preventDefault();
    if (move.kind === "focus") focus(move.path);
    else if (move.kind === "open" && row) onGo(row.node.item);
    else toggle(move.path);
  }

  function focus(path: string) {
    setFocused(path);
    itemOf(list.current, path)?.focus();
  }

  function onClick({ node }: OutlineRow) {
    setFocused(node.path);
    onGo(node.item);
  }

  return (
    <ul role="tree" aria-label="Outline" className={classes.tree} ref={list} onKeyDown={onKeyDown}>
      {rows.map((row) => (
        <TreeItem
          key={row.node.path}
          row={row}
          selected={row.node.path === current}
          reachable={row.node.path === reachable}
          title={row.node.name}
          onClick={() => onClick(row)}
        >
          <Fold row={row} onToggle={() => toggle(row.node.path)} />
          <span className={classes.name}>
            {row.node.name}
            {row.node.item.detail !== undefined && <span className={classes.detail}> {row.node.item.detail}</span>}
          </span>
        </TreeItem>
      ))}
    </ul>
  );
});

/** Opens and closes an item by pointer; keys do it with the arrows, so it is nothing to a screen reader. */
function Fold({ row, onToggle }: { row: OutlineRow; onToggle(): void }) {
  const Chevron = row.expanded ? IconChevronDown : IconChevronRight;
  return (
    <span
      aria-hidden
      className={classes.fold}
      onClick={(event) => {
        event.stopPropagation();
        if (row.expanded !== undefined) onToggle();
      }}
    >
      {row.expanded !== undefined && <Chevron size={14} />}
    </span>
  );
}
