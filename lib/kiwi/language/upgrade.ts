import type { View } from "#lib/relaxng/view.ts";
import type { XmlAttribute, XmlElement, XmlNode } from "#lib/xml/tree.ts";
import { type Draft, type Rule, steps } from "./upgrade-steps.ts";

/** The oldest schema version that KIWI 10 and 11 take. */
export const oldestVersion = 7.4;

/** KIWI 9, whose schema is older than this, upgrades what is older than 7.4 too. */
export const firstWithoutOldSteps = 8;

/** What a description says of its schema version, as KIWI's stylesheets read it: NaN where it is no number. */
export function versionNumber(text: string): number {
  return /^-?(?:\d+\.?\d*|\.\d+)$/.test(text.trim()) ? Number(text) : Number.NaN;
}

/** What the upgrade made of a schema version. */
export interface Upgrade {
  view: View;
  /** Attributes and child elements that are written in the description and that KIWI throws away. */
  dropped(element: XmlElement): readonly (XmlAttribute | XmlElement)[];
}

/**
 * Shows a description as KIWI's stylesheets would rewrite it on the way from schema version `from` to `to`. Nothing is
 * rewritten: what changes keeps the place where it is written, and what the upgrade makes has the place of that which
 * it was made from.
 */
export function upgrade(view: View, from: number, to: string): Upgrade {
  const due = steps.filter((step) => step.from >= from && step.from < Number(to));
  if (due.length === 0) {
    const attributes = (element: XmlElement) =>
      element.name === "image" ? withVersion(element, view.attributes(element), to) : view.attributes(element);
    return { view: { ...view, attributes }, dropped: () => [] };
  }
  const rules = new Map<string, Rule[]>();
  for (const rule of due.flatMap((step) => step.rules)) {
    rules.set(rule.element, [...(rules.get(rule.element) ?? []), rule]);
  }
  const dissolved = new Map(due.flatMap((step) => Object.entries(step.dissolved ?? {})));
  const known = new Map<XmlElement, Draft>();

  const isDissolved = (element: XmlElement) =>
    dissolved.size > 0 && element.namespace === "" && dissolved.has(element.local);

  function parent(element: XmlElement): XmlElement | null {
    let above = view.parent(element);
    while (above !== null && isDissolved(above)) above = view.parent(above);
    return above;
  }

  /** Children with what dissolved ones leave; the same list where there are none. */
  function contentOf(element: XmlElement): readonly XmlNode[] {
    const written = view.children(element);
    if (dissolved.size === 0 || !written.some((one) => one.kind === "element" && isDissolved(one))) return written;
    return written.flatMap((node) => {
      if (node.kind !== "element" || !isDissolved(node)) return [node];
      const left = contentOf(node);
      return dissolved.get(node.local) === "content" ? left : left.filter((one) => one.kind === "element");
    });
  }

  function shown(element: XmlElement): Draft | null {
    const changes = element.namespace === "" ? rules.get(element.local) : undefined;
    if (changes === undefined) return null;
    let draft = known.get(element);
    if (draft === undefined) {
      draft = {
        element,
        attributes: view.attributes(element),
        children: contentOf(element),
        parent: parent(element),
      };
      for (const rule of changes) rule.change(draft);
      known.set(element, draft);
    }
    return draft;
  }

  function attributes(element: XmlElement): readonly XmlAttribute[] {
    const after = shown(element)?.attributes ?? view.attributes(element);
    return element.name === "image" ? withVersion(element, after, to) : after;
  }

  function children(element: XmlElement): readonly XmlNode[] {
    return shown(element)?.children ?? contentOf(element);
  }

  return {
    view: { attributes, children, parent },
    dropped(element) {
      const draft = shown(element);
      const written = view.attributes(element);
      const content = children(element);
      const lost: (XmlAttribute | XmlElement)[] = [];
      if (draft !== null && draft.attributes !== written) {
        // What became an attribute of a child is not lost.
        const kept = new Set(draft.attributes.map(({ start }) => start));
        for (const child of content) {
          if (child.kind === "element") for (const { start } of attributes(child)) kept.add(start);
        }
        lost.push(...written.filter((one) => !kept.has(one.start)));
      }
      if (content !== view.children(element)) {
        const kept = new Set(content);
        for (const child of view.children(element)) if (child.kind === "element" && !kept.has(child)) lost.push(child);
      }
      return lost;
    },
  };
}

/** The root names the newest version after the upgrade, wherever the old one stood; at its name, where there was none. */
function withVersion({ nameStart, nameEnd }: XmlElement, attributes: readonly XmlAttribute[], value: string) {
  const name = "schemaversion";
  if (attributes.some((one) => one.name === name))
    return attributes.map((one) => (one.name === name ? { ...one, value } : one));
  const place = { start: nameStart, nameEnd, valueStart: nameEnd, valueEnd: nameEnd, end: nameEnd };
  return [...attributes, { name, local: name, namespace: "", value, complete: true, ...place }];
}
