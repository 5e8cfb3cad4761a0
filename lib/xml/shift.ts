import type { XmlDocument, XmlElement, XmlNode } from "./tree.ts";

/** Moves all that stands behind the child `next` of the innermost element of `path`, that child included. */
export function shiftAfter(
  { children }: Pick<XmlDocument, "children">,
  path: readonly XmlElement[],
  next: number,
  delta: number,
): void {
  let from = next;
  for (let i = path.length - 1; i >= 0; i--) {
    const element = path[i] as XmlElement;
    shiftNodes(element.children, from, delta);
    element.closeStart += delta;
    element.end += delta;
    const siblings = path[i - 1]?.children ?? children;
    from = siblings.indexOf(element) + 1;
  }
  shiftNodes(children, from, delta);
}

function shiftNodes(nodes: readonly XmlNode[], from: number, delta: number): void {
  for (let i = from; i < nodes.length; i++) {
    const pending: XmlNode[] = [nodes[i] as XmlNode];
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      node.start += delta;
      node.end += delta;
      if (node.kind !== "element") continue;
      node.nameStart += delta;
      node.nameEnd += delta;
      node.openEnd += delta;
      node.closeStart += delta;
      for (const attribute of node.attributes) {
        attribute.start += delta;
        attribute.nameEnd += delta;
        attribute.valueStart += delta;
        attribute.valueEnd += delta;
        attribute.end += delta;
      }
      for (const child of node.children) pending.push(child);
    }
  }
}
