import type { OutlineItem } from "#lib/kiwi/language/index.ts";

/** An item of the outline; `path` tells it from all others, as long as nothing is put before it that is called alike. */
export interface OutlineNode {
  path: string;
  name: string;
  item: OutlineItem;
  children: OutlineNode[];
}

/** One visible line; `level`, `position` and `siblings` count from 1, as ARIA counts. */
export interface OutlineRow {
  node: OutlineNode;
  level: number;
  position: number;
  siblings: number;
  expanded: boolean | undefined;
}

/** The tree of an outline; elements that are called alike are told apart by their number. */
export function outlineNodes(items: readonly OutlineItem[], above = ""): OutlineNode[] {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const count = seen.get(item.element) ?? 0;
    seen.set(item.element, count + 1);
    const path = `${above}/${item.element}:${count}`;
    return { path, name: item.name, item, children: outlineNodes(item.children, path) };
  });
}

/** The lines to draw. The image itself is open at first; `toggled` are the items that somebody opened or closed. */
export function outlineRows(nodes: readonly OutlineNode[], toggled: ReadonlySet<string>, level = 1): OutlineRow[] {
  return nodes.flatMap((node, index) => {
    const isOpen = (level === 1) !== toggled.has(node.path);
    const expanded = node.children.length > 0 ? isOpen : undefined;
    const row: OutlineRow = { node, level, position: index + 1, siblings: nodes.length, expanded };
    return expanded ? [row, ...outlineRows(node.children, toggled, level + 1)] : [row];
  });
}

/** The innermost visible line around an offset. */
export function rowAt(rows: readonly OutlineRow[], offset: number): OutlineRow | undefined {
  return rows.findLast(({ node: { item } }) => item.start <= offset && offset < item.end);
}
