import { isNcName, isUri } from "./characters.ts";
import type { XmlSource } from "./source.ts";
import type { XmlAttribute, XmlElement } from "./tree.ts";

const xmlNamespace = "http://www.w3.org/XML/1998/namespace";
const xmlnsNamespace = "http://www.w3.org/2000/xmlns/";

/** The namespaces that prefixes stand for, the innermost declaration last. */
type Scope = Map<string, string[]>;

/** Gives elements and attributes their namespace and local name, and reports undeclared prefixes and double attributes. */
export function resolveNamespaces(
  source: XmlSource,
  roots: readonly XmlElement[],
  ancestors: readonly XmlElement[] = [],
): void {
  const scope: Scope = new Map();
  for (const element of ancestors) declare(scope, element);
  const pending: ({ enter: XmlElement } | { leave: XmlElement })[] = roots.map((enter) => ({ enter })).reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if ("leave" in next) {
      for (const { name } of declarations(next.leave)) scope.get(prefixOf(name))?.pop();
      continue;
    }
    const { enter: element } = next;
    if (resolveElement(source, element, scope)) pending.push({ leave: element });
    for (let i = element.children.length - 1; i >= 0; i--) {
      const child = element.children[i];
      if (child?.kind === "element") pending.push({ enter: child });
    }
  }
}

const isDeclaration = ({ name }: XmlAttribute) => name === "xmlns" || name.startsWith("xmlns:");

function declarations({ attributes }: XmlElement): readonly XmlAttribute[] {
  return attributes.some(isDeclaration) ? attributes.filter(isDeclaration) : none;
}

const none: readonly never[] = [];

const prefixOf = (declaration: string) => declaration.slice("xmlns:".length);

/** Takes up the declarations of an element; false where it has none. */
function declare(scope: Scope, element: XmlElement): boolean {
  const declared = declarations(element);
  for (const { name, value } of declared) {
    const known = scope.get(prefixOf(name));
    if (known === undefined) scope.set(prefixOf(name), [value]);
    else known.push(value);
  }
  return declared.length > 0;
}

/** Returns whether the element declares something. */
function resolveElement(source: XmlSource, element: XmlElement, scope: Scope): boolean {
  const declares = declare(scope, element);
  if (declares) for (const attribute of declarations(element)) checkDeclaration(source, attribute);
  const name = resolveName(source, element.name, scope, element.nameStart, true);
  element.local = name.local;
  element.namespace = name.namespace;
  if (element.attributes.length > 0) resolveAttributes(source, element, scope);
  return declares;
}

function resolveAttributes(source: XmlSource, element: XmlElement, scope: Scope): void {
  // Most elements have one attribute, which nothing can double.
  const seen = element.attributes.length > 1 ? new Set<string>() : null;
  for (const attribute of element.attributes) {
    if (isDeclaration(attribute)) {
      attribute.namespace = xmlnsNamespace;
      attribute.local = attribute.name.slice(6) || "xmlns";
    } else if (attribute.name.includes(":")) {
      Object.assign(attribute, resolveName(source, attribute.name, scope, attribute.start, false));
    }
    if (seen === null) continue;
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

function resolveName(source: XmlSource, name: string, scope: Scope, at: number, isElement: boolean) {
  const colon = name.indexOf(":");
  if (colon < 0) return { local: name, namespace: isElement ? (scope.get("")?.at(-1) ?? "") : "" };
  const prefix = name.slice(0, colon);
  const local = name.slice(colon + 1);
  const end = at + name.length;
  if (!isNcName(prefix) || !isNcName(local)) {
    source.report("bad-name", `"${name}" is not a name with one prefix.`, at, end);
    return { local: name, namespace: "" };
  }
  const namespace = prefix === "xml" ? xmlNamespace : scope.get(prefix)?.at(-1);
  if (namespace === undefined) {
    source.report("undefined-prefix", `The prefix "${prefix}" is not declared (xmlns:${prefix}="…").`, at, end);
  }
  return { local, namespace: namespace ?? "" };
}
