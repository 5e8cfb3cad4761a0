import type { CSSProperties, ReactNode } from "react";
import classes from "./file-tree.module.css";

interface TreeItemProps {
  row: {
    node: { path: string };
    level: number;
    position: number;
    siblings: number;
    /** Undefined where nothing can be opened. */
    expanded?: boolean | undefined;
  };
  selected: boolean;
  /** The one line of its tree that the Tab key leads to. */
  reachable: boolean;
  title: string;
  onClick(): void;
  children: ReactNode;
}

/** One line of a tree. */
export function TreeItem({ row, selected, reachable, title, onClick, children }: TreeItemProps) {
  return (
    <li
      role="treeitem"
      data-path={row.node.path}
      className={classes.row}
      style={{ "--level": row.level - 1 } as CSSProperties}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={row.expanded}
      aria-selected={selected}
      tabIndex={reachable ? 0 : -1}
      title={title}
      onClick={onClick}
    >
      {children}
    </li>
  );
}

/** The line of a path in the list of a tree. */
export function itemOf(list: HTMLElement | null, path: string): HTMLElement | null {
  return list?.querySelector<HTMLElement>(`[data-path="${CSS.escape(path)}"]`) ?? null;
}
