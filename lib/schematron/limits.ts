import type { View } from "#lib/relaxng/view.ts";
import type { XmlElement } from "#lib/xml/tree.ts";
import type { RuleSet } from "./rules.ts";
import { limitedAttribute } from "./wording.ts";
import type { Condition } from "./xpath.ts";

/**
 * The attributes that an element must not be given as things stand: rules allow them only beside other values than
 * those that are there. Whether the element has them already makes no difference.
 */
export function limitedAttributes({ patterns }: RuleSet): (element: XmlElement, view: View) => ReadonlySet<string> {
  const byName = new Map<string, { attribute: string; holds: Condition }[]>();
  for (const rule of patterns.flatMap(({ rules }) => rules)) {
    for (const { written, holds } of rule.asserts) {
      const attribute = limitedAttribute(written);
      if (attribute === null) continue;
      for (const name of rule.names) byName.set(name, [...(byName.get(name) ?? []), { attribute, holds }]);
    }
  }
  return (element, view) => {
    const limits = element.namespace === "" ? (byName.get(element.local) ?? []) : [];
    return new Set(limits.filter(({ holds }) => !holds(element, view)).map(({ attribute }) => attribute));
  };
}
