import type { XmlAttribute, XmlElement, XmlNode } from "#lib/xml/tree.ts";
import { atName, finding, type Report } from "./finding.ts";
import type { CompiledGrammar } from "./grammar.ts";
import { type Declared, judgeElement, type Verdict } from "./judge-element.ts";
import { messages } from "./messages.ts";
import type { View } from "./view.ts";

/**
 * Verdicts on elements by one grammar, kept from one run to the next. A verdict holds while the view shows the same
 * lists of attributes and children that it was made from: whoever changes what is in a tree, or shows something else,
 * puts a new list in the place of the old one.
 */
export type KeptVerdicts = WeakMap<XmlElement, Kept>;

interface Kept extends Verdict {
  declaration: Declared["declaration"];
  refused: boolean;
  attributes: readonly XmlAttribute[];
  nodes: readonly XmlNode[];
}

/**
 * Judges a tree. Each element is judged by itself and by the names of its children, so that a mistake is reported
 * where it is, once, and hides no other: a child that is out of place leaves its parent's state alone and is itself
 * judged by the declaration of its name; a wrong value counts as given; what is missing counts as there. Stops after
 * `limit` findings.
 */
export function judge(
  grammar: CompiledGrammar,
  root: XmlElement,
  view: View,
  report: Report,
  limit = Number.POSITIVE_INFINITY,
  kept: KeptVerdicts = new WeakMap(),
): void {
  const say = messages(grammar);
  const declaration = grammar.rootDeclaration(root);
  if (declaration === null) {
    report(finding("wrong-root", atName(root), () => say.wrongRoot(root)));
    return;
  }
  const court = { grammar, say, view };
  let found = 0;
  const pending: Declared[] = [{ element: root, declaration, refused: false }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { findings, children } = keptOrNew(court, next, kept);
    for (const one of findings) {
      if (found++ >= limit) return;
      report(one);
    }
    for (let i = children.length - 1; i >= 0; i--) pending.push(children[i] as Declared);
  }
}

function keptOrNew(court: Parameters<typeof judgeElement>[0], declared: Declared, kept: KeptVerdicts): Verdict {
  const { element, declaration, refused } = declared;
  const attributes = court.view.attributes(element);
  const nodes = court.view.children(element);
  const known = kept.get(element);
  const isSame = known?.declaration === declaration && known.refused === refused;
  if (isSame && known.attributes === attributes && known.nodes === nodes) return known;
  const verdict = { ...judgeElement(court, declared), declaration, refused, attributes, nodes };
  kept.set(element, verdict);
  return verdict;
}
