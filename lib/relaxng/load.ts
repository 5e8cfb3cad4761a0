import { parseXml } from "#lib/xml/parse.ts";
import { attributeOf, textOf, type XmlElement } from "#lib/xml/tree.ts";
import { dataType, valueType } from "./datatypes.ts";
import {
  type AttributeDeclaration,
  type ElementDeclaration,
  type Pattern,
  type Patterns,
  patternTable,
} from "./pattern.ts";
import {
  declaredName,
  documentation,
  facets,
  patternChildren,
  relaxng,
  relaxngChildren,
  required,
  SchemaError,
} from "./schema-nodes.ts";

export interface Grammar {
  readonly patterns: Patterns;
  readonly start: Pattern;
  /** All element declarations that the grammar names, in the order of their ids. */
  readonly elements: readonly ElementDeclaration[];
  /** The parsed schema file, for what else is written in it. */
  readonly root: XmlElement;
}

/**
 * Reads a RELAX NG grammar in XML syntax. Not read, since it is one file: include, externalRef, nested grammars; and
 * list. Throws a SchemaError.
 */
export function loadGrammar(text: string): Grammar {
  const document = parseXml(text);
  const root = document.root;
  if (root === null || document.errors.length > 0 || root.namespace !== relaxng || root.local !== "grammar") {
    throw new SchemaError(document.errors[0]?.message ?? "This file is no RELAX NG grammar.");
  }
  const patterns = patternTable();
  const defines = collectDefines(root);
  const resolved = new Map<string, Pattern>();
  const resolving = new Set<string>();
  const elements: ElementDeclaration[] = [];
  const declared = new Map<XmlElement, ElementDeclaration>();
  let attributeCount = 0;

  function define(name: string): Pattern {
    const known = resolved.get(name);
    if (known !== undefined) return known;
    const definition = defines.get(name);
    if (definition === undefined) throw new SchemaError(`The pattern "${name}" is not defined.`);
    if (resolving.has(name)) throw new SchemaError(`The pattern "${name}" contains itself.`);
    resolving.add(name);
    const parts = definition.bodies.map((body) => patterns.group(contents(body)));
    const pattern = definition.combine === "choice" ? patterns.choice(parts) : patterns.interleave(parts);
    resolving.delete(name);
    resolved.set(name, pattern);
    return pattern;
  }

  function contents(parent: XmlElement): Pattern[] {
    return relaxngChildren(parent).map(read);
  }

  function read(node: XmlElement): Pattern {
    switch (node.local) {
      case "element":
        return patterns.element(elementDeclaration(node));
      case "attribute":
        return patterns.attribute(attributeDeclaration(node));
      case "ref":
        return define(required(node, "name"));
      case "group":
      case "div":
        return patterns.group(contents(node));
      case "interleave":
        return patterns.interleave(contents(node));
      case "mixed":
        return patterns.interleave([patterns.text, patterns.group(contents(node))]);
      case "choice":
        return patterns.choice(contents(node));
      case "optional":
        return patterns.choice([patterns.group(contents(node)), patterns.empty]);
      case "zeroOrMore":
        return patterns.choice([patterns.oneOrMore(patterns.group(contents(node))), patterns.empty]);
      case "oneOrMore":
        return patterns.oneOrMore(patterns.group(contents(node)));
      case "empty":
        return patterns.empty;
      case "notAllowed":
        return patterns.notAllowed;
      case "text":
        return patterns.text;
      case "data":
        return patterns.data(dataType(required(node, "type"), facets(node)));
      case "value":
        return patterns.data(valueType(attributeOf(node, "type")?.value ?? "token", textOf(node)));
      default:
        throw new SchemaError(`<${node.local}> in a schema is not understood.`);
    }
  }

  function elementDeclaration(node: XmlElement): ElementDeclaration {
    const known = declared.get(node);
    if (known !== undefined) return known;
    let content: Pattern | undefined;
    const declaration: ElementDeclaration = {
      id: elements.length,
      nameClass: declaredName(node),
      documentation: documentation(node),
      content: () => {
        content ??= patterns.group(patternChildren(node).map(read));
        return content;
      },
    };
    declared.set(node, declaration);
    elements.push(declaration);
    return declaration;
  }

  function attributeDeclaration(node: XmlElement): AttributeDeclaration {
    const value = patternChildren(node).map(read);
    return {
      id: attributeCount++,
      nameClass: declaredName(node),
      documentation: documentation(node),
      value: value.length === 0 ? patterns.text : patterns.group(value),
    };
  }

  const start = define("");
  // Declarations are found by walking contents, since they may hold one another.
  for (let i = 0; i < elements.length; i++) elements[i]?.content();
  return { patterns, start, elements, root };
}

interface Definition {
  combine: string;
  bodies: XmlElement[];
}

/** The defines of a grammar by name, `<start>` under the name "". */
function collectDefines(root: XmlElement): Map<string, Definition> {
  const defines = new Map<string, Definition>();
  const pending = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    for (const child of relaxngChildren(node)) {
      if (child.local === "div") pending.push(child);
      else if (child.local === "define" || child.local === "start") {
        const name = child.local === "start" ? "" : required(child, "name");
        const definition = defines.get(name) ?? { combine: "interleave", bodies: [] };
        definition.bodies.push(child);
        definition.combine = attributeOf(child, "combine")?.value ?? definition.combine;
        defines.set(name, definition);
      } else throw new SchemaError(`<${child.local}> in a grammar is not understood.`);
    }
  }
  return defines;
}
