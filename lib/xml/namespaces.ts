import { isNcName, isUri } from "./characters.ts";
import type { XmlSource } from "./source.ts";
import type { XmlAttribute, XmlElement } from "./tree.ts";

const xmlNamespace = "http://www.w3.org/XML/1998/namespace";
const xmlnsNamespace = "http://www.w3.org/2000/xmlns/";

/** The declarations in force, innermost first. */
interface Scope {
  prefix: string;
  uri: string;
  outer: Scope | null;
}

/** Gives elements and attributes their namespace and local name, and reports undeclared prefixes and double attributes. */
export function resolveNamespaces(
  source: XmlSource,
  roots: readonly XmlElement[],
  ancestors: readonly XmlElement[] = [],
): void {
  const outer = ancestors.reduce(declare, null);
  const pending = roots.map((element) => ({ element, outer })).reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const scope = resolveElement(source, next.element, next.outer);
    for (let i = next.element.children.length - 1; i >= 0; i--) {
      const child = next.element.children[i];
      if (child?.kind === "element") pending.push({ element: child, outer: scope });
    }
  }
}

/** The declarations in force inside of an element. */
function declare(outer: Scope | null, element: XmlElement): Scope | null {
  let scope = outer;
  for (const { name, value } of element.attributes) {
    if (name === "xmlns" || name.startsWith("xmlns:")) scope = { prefix: name.slice(6), uri: value, outer: scope };
  }
  return scope;
}

function resolveElement(source: XmlSource, element: XmlElement, outer: Scope | null): Scope | null {
  for (const attribute of element.attributes) {
    if (attribute.name === "xmlns" || attribute.name.startsWith("xmlns:")) checkDeclaration(source, attribute);
  }
  const scope = declare(outer, element);
  const name = resolveName(source, element.name, scope, element.nameStart, true);
  element.local = name.local;
  element.namespace = name.namespace;
  if (element.attributes.length > 0) resolveAttributes(source, element, scope);
  return scope;
}

function resolveAttributes(source: XmlSource, element: XmlElement, scope: Scope | null): void {
  const seen = new Set<string>();
  for (const attribute of element.attributes) {
    if (attribute.name === "xmlns" || attribute.name.startsWith("xmlns:")) {
      attribute.namespace = xmlnsNamespace;
      attribute.local = attribute.name.slice(6) || "xmlns";
    } else if (attribute.name.includes(":")) {
      Object.assign(attribute, resolveName(source, attribute.name, scope, attribute.start, false));
    }
    const key = `{${attribute.namespace}}${attribute.local}`;
    if (seen.has(key)) {
      const message = `The attribute "${attribute.name}" stands in this tag already.`;
      source.report("duplicate-attribute", message, attribute.start, attribute.nameEnd);
    }
    seen.add(key);
  }
}

function checkDeclaration(source: XmlSource, attribute: XmlAttribute): void {
  const prefix = attribute.name.slice(6);
  const empty = attribute.value === "" && prefix !== "";
  if (
    empty ||
    !isUri(attribute.value) ||
    prefix === "xmlns" ||
    (prefix === "xml") !== (attribute.value === xmlNamespace)
  ) {
    source.report("bad-namespace", `"${attribute.name}" declares no usable namespace.`, attribute.start, attribute.end);
  }
}

function resolveName(source: XmlSource, name: string, scope: Scope | null, at: number, isElement: boolean) {
  const colon = name.indexOf(":");
  if (colon < 0) return { local: name, namespace: isElement ? (find(scope, "") ?? "") : "" };
  const prefix = name.slice(0, colon);
  const local = name.slice(colon + 1);
  const end = at + name.length;
  if (!isNcName(prefix) || !isNcName(local)) {
    source.report("bad-name", `"${name}" is not a name with one prefix.`, at, end);
    return { local: name, namespace: "" };
  }
  const namespace = prefix === "xml" ? xmlNamespace : find(scope, prefix);
  if (namespace === undefined) {
    source.report("undefined-prefix", `The prefix "${prefix}" is not declared (xmlns:${prefix}="…").`, at, end);
  }
  return { local, namespace: namespace ?? "" };
}

function find(scope: Scope | null, prefix: string): string | undefined {
  for (let inner = scope; inner !== null; inner = inner.outer) if (inner.prefix === prefix) return inner.uri;
  return undefined;
}
