import { atName, type Report } from "#lib/relaxng/finding.ts";
import type { View } from "#lib/relaxng/view.ts";
import type { XmlElement } from "#lib/xml/tree.ts";
import type { Assert, Rule, RuleSet } from "./rules.ts";

/** A rule that may fit an element of a certain name, with the pattern that it belongs to. */
interface Entry {
  pattern: number;
  id: string;
  rule: Rule;
}

/** Checks a tree against Schematron rules; the work is that of the rules for the names that occur. */
export function ruleChecker({ patterns }: RuleSet): (root: XmlElement, view: View, report: Report) => void {
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

function checkElement(entries: readonly Entry[], element: XmlElement, view: View, report: Report): void {
  const judged = new Set<number>();
  for (const { pattern, id, rule } of entries) {
    if (judged.has(pattern) || !rule.matches(element, view)) continue;
    judged.add(pattern);
    for (const assert of rule.asserts) {
      if (assert.holds(element, view)) continue;
      const code = `rule-${id.toLowerCase().replaceAll("_", "-")}`;
      report({ code, message: assert.message, ...placeOf(assert, element, view) });
    }
  }
}

/** The attribute that the rule speaks of, on the element or its parent; else the element's name. */
function placeOf(assert: Assert, element: XmlElement, view: View) {
  for (const owner of [element, view.parent(element)]) {
    if (owner === null) continue;
    for (const name of assert.attributes) {
      const attribute = view.attributes(owner).find((one) => one.name === name);
      if (attribute !== undefined) return { element: owner, start: attribute.start, end: attribute.nameEnd };
    }
  }
  return atName(element);
}
