import { attributeOf, childElements, textOf, type XmlElement } from "#lib/xml/tree.ts";
import type { NameClass } from "./name-class.ts";

export const relaxng = "http://relaxng.org/ns/structure/1.0";
const annotations = "http://relaxng.org/ns/compatibility/annotations/1.0";

/** The text given as a schema is none, or uses a part of RELAX NG that we do not read. */
export class SchemaError extends Error {
  override name = "SchemaError";
}

/** The children that belong to RELAX NG itself. */
export function relaxngChildren(node: XmlElement): XmlElement[] {
  return childElements(node).filter((child) => child.namespace === relaxng);
}

const nameClassElements = new Set(["name", "anyName", "nsName"]);

/** The children of an element or attribute declaration that are patterns: all but its name class. */
export function patternChildren(node: XmlElement): XmlElement[] {
  const children = relaxngChildren(node);
  return attributeOf(node, "name") === undefined ? children.slice(1) : children;
}

export function declaredName(node: XmlElement): NameClass {
  const name = attributeOf(node, "name")?.value.trim();
  // `ns` is inherited by elements; an attribute named by its `name=` has a namespace only by `ns` of its own or a prefix.
  if (name !== undefined) {
    const own = attributeOf(node, "ns")?.value ?? "";
    return qualifiedName(node, name, node.local === "attribute" ? own : inherited(node, "ns"));
  }
  const child = relaxngChildren(node)[0];
  if (child === undefined) throw new SchemaError(`A declaration of an ${node.local} lacks its name.`);
  return readNameClass(child);
}

function readNameClass(node: XmlElement): NameClass {
  const parts = relaxngChildren(node);
  if (node.local === "choice") return { kind: "choice", classes: parts.map(readNameClass) };
  if (node.local === "name") return qualifiedName(node, textOf(node).trim(), inherited(node, "ns"));
  if (!nameClassElements.has(node.local)) throw new SchemaError(`<${node.local}> is no name class.`);
  const exceptions = parts.flatMap(relaxngChildren).map(readNameClass);
  const except: NameClass | null = exceptions.length === 0 ? null : { kind: "choice", classes: exceptions };
  if (node.local === "anyName") return { kind: "any", except };
  return { kind: "namespace", namespace: inherited(node, "ns"), except };
}

function qualifiedName(node: XmlElement, name: string, unprefixed: string): NameClass {
  const colon = name.indexOf(":");
  if (colon < 0) return { kind: "name", namespace: unprefixed, local: name };
  const namespace = inherited(node, `xmlns:${name.slice(0, colon)}`);
  return { kind: "name", namespace, local: name.slice(colon + 1) };
}

/** The value of an attribute on the node or the nearest ancestor that has it. */
function inherited(node: XmlElement, name: string): string {
  for (let at: XmlElement | null = node; at !== null; at = at.parent) {
    const attribute = attributeOf(at, name);
    if (attribute !== undefined) return attribute.value;
  }
  return "";
}

export function facets(node: XmlElement): { name: string; value: string }[] {
  return relaxngChildren(node)
    .filter((child) => child.local === "param")
    .map((param) => ({ name: required(param, "name"), value: textOf(param) }));
}

/** The text of `a:documentation`, its line breaks and indentation made single blanks. */
export function documentation(node: XmlElement): string | null {
  const texts = childElements(node)
    .filter((child) => child.namespace === annotations && child.local === "documentation")
    .map((child) => textOf(child).replace(/\s+/g, " ").trim());
  return texts.length === 0 ? null : texts.join("\n\n");
}

export function required(node: XmlElement, name: string): string {
  const value = attributeOf(node, name)?.value;
  if (value === undefined) throw new SchemaError(`<${node.local}> in a schema needs the attribute "${name}".`);
  return value.trim();
}
