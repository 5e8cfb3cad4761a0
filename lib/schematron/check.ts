import { atName, type Finding } from "#lib/relaxng/finding.ts";
import type { View } from "#lib/relaxng/view.ts";
import type { XmlElement } from "#lib/xml/tree.ts";
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

/** A rule that may fit an element of a certain name, with the pattern that it belongs to. */
interface Entry {
  pattern: number;
  id: string;
  rule: Rule;
}

/** Checks a tree against Schematron rules; the work is that of the rules for the names that occur. */
export function ruleChecker({ patterns }: RuleSet): (root: XmlElement, view: View, report: RuleReport) => void {
  const byName = new Map<string, Entry[]>();
  for (const [index, { id, rules }] of patterns.entries()) {
    for (const rule of rules) {
      for (const name of new Set(rule.names)) {
        byName.set(name, [...(byName.get(name) ?? []), { pattern: index, id, rule }]);
      }
    }
  }

  return (root, view, report) => {
    const pending = [root];
    for (let element = pending.pop(); element !== undefined; element = pending.pop()) {
      if (element.namespace === "") checkElement(byName.get(element.local) ?? [], element, view, report);
      for (const child of [...view.children(element)].reverse()) if (child.kind === "element") pending.push(child);
    }
  };
}

function checkElement(entries: readonly Entry[], element: XmlElement, view: View, report: RuleReport): void {
  const judged = new Set<number>();
  for (const { pattern, id, rule } of entries) {
    if (judged.has(pattern) || !rule.matches(element, view)) continue;
    judged.add(pattern);
    for (const assert of rule.asserts) {
      if (assert.holds(element, view)) continue;
      const code = `rule-${id.toLowerCase().replaceAll("_", "-")}`;
      const message = wordingOf(assert.written, element, view) ?? assert.message;
      report({ code, message, context: element, original: assert.message, ...placeOf(assert, element, view) });
    }
  }
}

/** The attribute that the rule speaks of, on the element or its parent; else the element's name. */
function placeOf(assert: Assert, element: XmlElement, view: View) {
  for (const name of assert.attributes) {
    for (const owner of [element, view.parent(element)]) {
      const attribute = owner === null ? undefined : view.attributes(owner).find((one) => one.name === name);
      if (owner !== null && attribute !== undefined)
        return { element: owner, start: attribute.start, end: attribute.nameEnd };
    }
  }
  return atName(element);
}
