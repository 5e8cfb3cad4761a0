import { atAttribute, atName, type Finding, finding, type Place } from "#lib/relaxng/finding.ts";
import type { View } from "#lib/relaxng/view.ts";
import type { XmlAttribute, XmlElement } from "#lib/xml/tree.ts";
import type { Assert, Rule, RuleSet } from "./rules.ts";
import { wordingOf } from "./wording.ts";

/** A rule that an element breaks. The message is ours where we have words for the rule, else the schema's. */
export interface BrokenRule extends Finding {
  /** The element that the rule is about; the finding may be placed at an attribute of its parent. */
  context: XmlElement;
  /** What the schema says of it. */
  original: string;
}

export type RuleReport = (broken: BrokenRule) => void;

/** A rule that may fit an element, with the pattern that it belongs to and its place among all rules. */
interface Entry {
  pattern: number;
  order: number;
  id: string;
  rule: Rule;
}

/** The rules for elements of one name: those that any such element may fit, and those that need an attribute. */
interface Entries {
  any: Entry[];
  withAttribute: Map<string, Entry[]>;
}

/** Checks a tree against Schematron rules; the work is that of the rules for the names and attributes that occur. */
export function ruleChecker({ patterns }: RuleSet): (root: XmlElement, view: View, report: RuleReport) => void {
  const byName = new Map<string, Entries>();
  let order = 0;
  for (const [index, { id, rules }] of patterns.entries()) {
    for (const rule of rules) {
      const entry = { pattern: index, order: order++, id, rule };
      for (const name of new Set(rule.names)) enter(byName, name, entry);
    }
  }

  return (root, view, report) => {
    const pending = [root];
    for (let element = pending.pop(); element !== undefined; element = pending.pop()) {
      const entries = element.namespace === "" ? byName.get(element.local) : undefined;
      if (entries !== undefined) checkElement(entries, element, view, report);
      const children = view.children(element);
      for (let i = children.length - 1; i >= 0; i--) {
        const child = children[i];
        if (child?.kind === "element") pending.push(child);
      }
    }
  };
}

/** The code of problems that a pattern's rules find. */
export function ruleCode(pattern: string): string {
  return `rule-${pattern.toLowerCase().replaceAll("_", "-")}`;
}

function enter(byName: Map<string, Entries>, name: string, entry: Entry): void {
  const entries = byName.get(name) ?? { any: [], withAttribute: new Map<string, Entry[]>() };
  byName.set(name, entries);
  const { attribute } = entry.rule;
  if (attribute === null) entries.any.push(entry);
  else entries.withAttribute.set(attribute, [...(entries.withAttribute.get(attribute) ?? []), entry]);
}

function checkElement(entries: Entries, element: XmlElement, view: View, report: RuleReport): void {
  const judged = new Set<number>();
  for (const { pattern, id, rule } of fittingEntries(entries, view.attributes(element))) {
    if (judged.has(pattern) || !rule.matches(element, view)) continue;
    judged.add(pattern);
    for (const assert of rule.asserts) {
      if (assert.holds(element, view)) continue;
      const code = ruleCode(id);
      const message = () => wordingOf(assert.written, element, view) ?? assert.message;
      const broken = finding(code, placeOf(assert, element, view), message);
      report(Object.assign(broken, { context: element, original: assert.message }));
    }
  }
}

/** In the order of the schema: of a pattern's rules the first one counts. */
function fittingEntries({ any, withAttribute }: Entries, attributes: readonly XmlAttribute[]): Entry[] {
  const names = new Set(attributes.map(({ name }) => name));
  const more = [...names].flatMap((name) => withAttribute.get(name) ?? []);
  return more.length === 0 ? any : [...any, ...more].sort((a, b) => a.order - b.order);
}

/** The attribute that the rule speaks of, on the element or its parent; else the element's name. */
function placeOf(assert: Assert, element: XmlElement, view: View): Place {
  for (const name of assert.attributes) {
    for (const owner of [element, view.parent(element)]) {
      const attribute = owner === null ? undefined : view.attributes(owner).find((one) => one.name === name);
      if (owner !== null && attribute !== undefined) return atAttribute(owner, attribute);
    }
  }
  return atName(element);
}
