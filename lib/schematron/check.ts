import { atAttribute, atName, type Finding, finding, type Place } from "#lib/relaxng/finding.ts";
import type { View } from "#lib/relaxng/view.ts";
import type { XmlAttribute, XmlElement } from "#lib/xml/tree.ts";
import type { Assert, Rule, RuleSet } from "./rules.ts";
import { wordingOf } from "./wording.ts";
import { looksAside } from "./xpath.ts";

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
  /** What they say depends on the inside of other elements, so that it cannot be kept. */
  wide: boolean;
}

/** An element that rules may be about. */
interface Checked {
  element: XmlElement;
  entries: Entries;
  /** The revision of the element that broke no rule; -1 where that is not known. */
  sound: number;
}

/** A child of the root with all elements inside of it that rules may be about. */
interface Section {
  revision: number;
  checked: readonly Checked[];
}

/** The outcome of earlier runs, by the root that they began with; the same root must always be seen in the same way. */
export type KeptChecks = WeakMap<XmlElement, Map<XmlElement, Section>>;

interface RuleChecker {
  /** The work is that of the rules for the names and attributes that occur, in what has changed since the last run. */
  tree(root: XmlElement, view: View, report: RuleReport, kept?: KeptChecks): void;
  /** One element by itself, without what is inside of it. */
  element(element: XmlElement, view: View): readonly BrokenRule[];
}

/** Checks elements against Schematron rules. */
export function ruleChecker({ patterns }: RuleSet): RuleChecker {
  const byName = entriesByName(patterns);
  const entriesOf = ({ namespace, local }: XmlElement) => (namespace === "" ? byName.get(local) : undefined);

  function sectionOf(top: XmlElement, inside: readonly XmlElement[], known: readonly Checked[] = []): Section {
    const before = known.length === 0 ? null : new Map(known.map((one) => [one.element, one]));
    const checked: Checked[] = [];
    for (const element of inside) {
      const entries = entriesOf(element);
      if (entries !== undefined) checked.push(before?.get(element) ?? { element, entries, sound: -1 });
    }
    return { revision: top.revision ?? 0, checked };
  }

  return {
    tree(root, view, report, kept = new WeakMap()) {
      const known = kept.get(root);
      const sections = new Map<XmlElement, Section>();
      sections.set(root, sectionOf(root, [root]));
      for (const child of view.children(root)) {
        if (child.kind !== "element") continue;
        const section = known?.get(child);
        const same = section !== undefined && section.revision === (child.revision ?? 0);
        sections.set(child, same ? section : sectionOf(child, elementsBelow(child, view), section?.checked));
      }
      kept.set(root, sections);
      for (const { checked } of sections.values()) {
        for (const one of checked) {
          const revision = one.element.revision ?? 0;
          if (one.sound === revision) continue;
          const found = brokenRules(one.entries, one.element, view);
          one.sound = found.length > 0 || one.entries.wide ? -1 : revision;
          for (const broken of found) report(broken);
        }
      }
    },
    element(element, view) {
      const entries = entriesOf(element);
      return entries === undefined ? [] : brokenRules(entries, element, view);
    },
  };
}

/** The code of problems that a pattern's rules find. */
export function ruleCode(pattern: string): string {
  return `rule-${pattern.toLowerCase().replaceAll("_", "-")}`;
}

/** An element and all elements inside of it, as a view shows them. */
function elementsBelow(top: XmlElement, view: View): XmlElement[] {
  const found: XmlElement[] = [];
  const pending = [top];
  for (let element = pending.pop(); element !== undefined; element = pending.pop()) {
    found.push(element);
    const children = view.children(element);
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i];
      if (child?.kind === "element") pending.push(child);
    }
  }
  return found;
}

function entriesByName(patterns: RuleSet["patterns"]): Map<string, Entries> {
  const byName = new Map<string, Entries>();
  let order = 0;
  for (const [index, { id, rules }] of patterns.entries()) {
    const asserts = rules.flatMap((rule) => rule.asserts);
    const wide = asserts.some(({ written }) => looksAside(written.context) || looksAside(written.test));
    for (const rule of rules) {
      const entry = { pattern: index, order: order++, id, rule };
      for (const name of new Set(rule.names)) {
        const entries = byName.get(name) ?? { any: [], withAttribute: new Map<string, Entry[]>(), wide: false };
        byName.set(name, entries);
        entries.wide ||= wide;
        const { attribute } = rule;
        if (attribute === null) entries.any.push(entry);
        else entries.withAttribute.set(attribute, [...(entries.withAttribute.get(attribute) ?? []), entry]);
      }
    }
  }
  return byName;
}

function brokenRules(entries: Entries, element: XmlElement, view: View): BrokenRule[] {
  const found: BrokenRule[] = [];
  const judged: number[] = [];
  for (const { pattern, id, rule } of fittingEntries(entries, view.attributes(element))) {
    if (judged.includes(pattern) || !rule.matches(element, view)) continue;
    judged.push(pattern);
    for (const assert of rule.asserts) {
      if (assert.holds(element, view)) continue;
      const code = ruleCode(id);
      const message = () => wordingOf(assert.written, element, view) ?? assert.message;
      const broken = finding(code, placeOf(assert, element, view), message, { about: assert.attributes });
      found.push(Object.assign(broken, { context: element, original: assert.message }));
    }
  }
  return found;
}

/** In the order of the schema: of a pattern's rules the first one counts. */
function fittingEntries({ any, withAttribute }: Entries, attributes: readonly XmlAttribute[]): Entry[] {
  let all = any;
  for (const { name } of attributes) {
    const more = withAttribute.get(name);
    if (more !== undefined) all = [...all, ...more];
  }
  return all === any ? any : all.sort((a, b) => a.order - b.order);
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
