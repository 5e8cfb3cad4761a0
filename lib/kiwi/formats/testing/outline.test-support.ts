import { textOf, type XmlElement } from "#lib/xml/tree.ts";

/** What a tree says, whatever it is written in: names, attributes, text and children in order. */
export function outline(element: XmlElement, depth = 0): string {
  const attributes = element.attributes.map(({ name, value }) => ` ${name}=${JSON.stringify(value)}`).sort();
  const children = element.children.filter((child): child is XmlElement => child.kind === "element");
  // Beside elements blanks are layout.
  const written = children.length > 0 ? textOf(element).trim() : textOf(element);
  const text = children.length > 0 && written === "" ? "" : ` ${JSON.stringify(written)}`;
  const head = `${"  ".repeat(depth)}${element.name}${attributes.join("")}${text}`;
  return [head, ...children.map((child) => outline(child, depth + 1))].join("\n");
}
