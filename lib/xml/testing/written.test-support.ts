import type { XmlError, XmlNode } from "../tree.ts";

interface Tree {
  readonly children: readonly XmlNode[];
  readonly errors: readonly XmlError[];
}

/** All that a tree says, as lines, so that two can be compared; the parents of elements are checked on the way. */
export function writtenTree({ children, errors }: Tree): string[] {
  const lines = errors.map((error) => JSON.stringify(error));
  const pending: { node: XmlNode; depth: number }[] = children.map((node) => ({ node, depth: 0 })).reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, depth } = next;
    if (node.kind !== "element") {
      lines.push(`${depth} ${JSON.stringify(node)}`);
      continue;
    }
    const { parent: _, revision: __, children: inner, ...own } = node;
    lines.push(`${depth} ${JSON.stringify(own)}`);
    for (const child of inner) if (child.kind === "element" && child.parent !== node) lines.push("wrong parent");
    for (const child of [...inner].reverse()) pending.push({ node: child, depth: depth + 1 });
  }
  return lines;
}
