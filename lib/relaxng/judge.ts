import type { XmlElement } from "#lib/xml/tree.ts";
import { atName, type Finding, type Report } from "./finding.ts";
import type { CompiledGrammar } from "./grammar.ts";
import { type Declared, judgeElement } from "./judge-element.ts";
import { messages } from "./messages.ts";
import type { View } from "./view.ts";

/**
 * Judges a tree. Each element is judged by itself and by the names of its children, so that a mistake is reported
 * where it is, once, and hides no other: a child that is out of place leaves its parent's state alone and is itself
 * judged by the declaration of its name; a wrong value counts as given; what is missing counts as there. Stops soon
 * after `limit` findings.
 */
export function judge(
  grammar: CompiledGrammar,
  root: XmlElement,
  view: View,
  report: Report,
  limit = Number.POSITIVE_INFINITY,
): void {
  const say = messages(grammar);
  const declaration = grammar.rootDeclaration(root);
  if (declaration === null) {
    report({ code: "wrong-root", message: say.wrongRoot(root), ...atName(root) });
    return;
  }
  let found = 0;
  const count = (finding: Finding) => {
    found++;
    report(finding);
  };
  const court = { grammar, say, view, report: count, isFull: () => found >= limit };
  const pending: Declared[] = [{ element: root, declaration }];
  for (let next = pending.pop(); next !== undefined && !court.isFull(); next = pending.pop()) {
    const children = judgeElement(court, next);
    for (let i = children.length - 1; i >= 0; i--) pending.push(children[i] as Declared);
  }
}
