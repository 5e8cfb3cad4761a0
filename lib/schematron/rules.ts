import { attributeOf, childElements, elementsOf, textOf, type XmlElement } from "#lib/xml/tree.ts";
import type { WrittenRule } from "./wording.ts";
import { type Condition, compileCondition, compileMatcher, type Matcher } from "./xpath.ts";
import { parseXPath, XPathError } from "./xpath-parser.ts";

const schematron = "http://purl.oclc.org/dsdl/schematron";

/** A pattern: of its rules, the first that fits an element is the one that judges it. */
export interface RulePattern {
  id: string;
  rules: readonly Rule[];
}

export interface Rule extends Matcher {
  asserts: readonly Assert[];
}

export interface Assert {
  holds: Condition;
  /** The schema's text. */
  message: string;
  written: WrittenRule;
  /** Names of the attributes that the rule speaks of, the most telling first. */
  attributes: readonly string[];
}

export interface RuleSet {
  patterns: readonly RulePattern[];
  /** Patterns that use more of XPath than we know, or an abstract pattern that does not exist: not checked. */
  unread: readonly string[];
}

/** Takes the Schematron rules out of a schema, abstract patterns filled in. */
export function readRules(schemaRoot: XmlElement): RuleSet {
  const nodes = [...elementsOf([schemaRoot])].filter(
    (node) => node.namespace === schematron && node.local === "pattern",
  );
  const abstract = new Map<string, XmlElement>();
  for (const node of nodes) if (valueOf(node, "abstract") === "true") abstract.set(valueOf(node, "id"), node);

  const patterns: RulePattern[] = [];
  const unread: string[] = [];
  for (const node of nodes) {
    if (valueOf(node, "abstract") === "true") continue;
    const id = valueOf(node, "id");
    const isA = valueOf(node, "is-a");
    const body = isA === "" ? node : abstract.get(isA);
    try {
      if (body === undefined) unread.push(id);
      else patterns.push({ id, rules: readPattern(body, parameters(node)) });
    } catch (error) {
      if (!(error instanceof XPathError)) throw error;
      unread.push(id);
    }
  }
  return { patterns, unread };
}

function readPattern(body: XmlElement, values: ReadonlyMap<string, string>): Rule[] {
  const fill = (text: string) => substitute(text, values);
  return named(body, "rule").map((rule) => {
    const context = fill(valueOf(rule, "context"));
    const asserts = named(rule, "assert").map((assert) => {
      const test = fill(valueOf(assert, "test"));
      // The parameter `attr` of KIWI's abstract patterns counts only where the rule makes use of it.
      const usesIt = `${valueOf(rule, "context")} ${valueOf(assert, "test")}`.includes("$attr");
      const subject = usesIt ? (values.get("attr") ?? "") : "";
      // What a rule exempts by its absence is what breaks it by its presence; attributes of other elements are not.
      const exempt = [...test.matchAll(/not\((?:\.\.\/)*(@[^@()]*)\)/g)].flatMap(([, path = ""]) =>
        attributeNames(path),
      );
      const own = attributeNames(test.replace(/(?:\.\.\/)+@/g, ""));
      const attributes = [subject, ...exempt, ...attributeNames(context), ...own];
      return {
        holds: compileCondition(test),
        message: fill(textOf(assert)).replace(/\s+/g, " ").trim(),
        written: { context: parseXPath(context), test: parseXPath(test) },
        attributes: attributes.filter((name) => name !== ""),
      };
    });
    return { ...compileMatcher(context), asserts };
  });
}

function parameters(pattern: XmlElement): Map<string, string> {
  return new Map(named(pattern, "param").map((param) => [valueOf(param, "name"), valueOf(param, "value")]));
}

/** Parameters are put in as text, in conditions and in messages alike, as Schematron's abstract patterns demand. */
function substitute(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\$([\p{L}_][\p{L}\p{N}_-]*)/gu, (whole, name: string) => values.get(name) ?? whole);
}

function attributeNames(expression: string): string[] {
  return [...expression.matchAll(/@([\p{L}_][\p{L}\p{N}_.-]*)/gu)].map((match) => match[1] as string);
}

function named(parent: XmlElement, local: string): XmlElement[] {
  return childElements(parent).filter((child) => child.namespace === schematron && child.local === local);
}

function valueOf(node: XmlElement, name: string): string {
  return attributeOf(node, name)?.value ?? "";
}
