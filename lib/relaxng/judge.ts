import type { XmlAttribute, XmlElement, XmlNode } from "#lib/xml/tree.ts";
import { atName, finding, type Report } from "./finding.ts";
import type { CompiledGrammar } from "./grammar.ts";
import { type Declared, judgeElement, type Verdict } from "./judge-element.ts";
import { messages } from "./messages.ts";
import type { View } from "./view.ts";

/**
 * Verdicts by one grammar, kept from one run to the next by the root that they begin with; the same root must always be
 * looked at in the same way. A verdict on an element holds while the view shows the same lists of attributes and
 * children that it was made from: whoever changes what is in a tree puts new lists in the place of the old ones. Where
 * an element's revision is the same, nothing has changed inside of it at all.
 */
export type KeptVerdicts = WeakMap<XmlElement, Judged>;

/** An element with its verdict, and the elements inside of it with theirs. */
interface Judged extends Declared {
  /** Absent until it is made. */
  verdict?: Verdict;
  attributes?: readonly XmlAttribute[];
  nodes?: readonly XmlNode[];
  children: readonly Judged[];
  /** The revision of the element that was found sound as a whole; -1 where it was not. */
  sound: number;
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
  const court = { grammar, say, view, limit };
  const top = kept.get(root) ?? unjudged({ element: root, declaration, refused: false });
  kept.set(root, top);
  let found = 0;
  const seen: Judged[] = [];
  const pending: Judged[] = [top];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    seen.push(next);
    for (const one of judged(court, next).findings) {
      if (found++ >= limit) return;
      report(one);
    }
    for (let i = next.children.length - 1; i >= 0; i--) {
      const child = next.children[i] as Judged;
      if (child.sound !== (child.element.revision ?? 0)) pending.push(child);
    }
  }
  // From the inside outwards. What a root shows may come from other files, and so tells nothing of their changes.
  for (let i = seen.length - 1; i > 0; i--) noteSoundness(seen[i] as Judged);
}

function unjudged(declared: Declared): Judged {
  return { ...declared, children: [], sound: -1 };
}

/** The verdict on one element: the kept one where it still holds. */
function judged(court: Parameters<typeof judgeElement>[0], one: Judged): Verdict {
  const attributes = court.view.attributes(one.element);
  const nodes = court.view.children(one.element);
  if (one.verdict !== undefined && one.attributes === attributes && one.nodes === nodes) return one.verdict;
  const verdict = judgeElement(court, one);
  one.children = judgedAgain(verdict.children, one.children);
  one.verdict = verdict;
  one.attributes = attributes;
  one.nodes = nodes;
  return verdict;
}

/** The children with the verdicts on them that are known. */
function judgedAgain(children: readonly Declared[], before: readonly Judged[]): Judged[] {
  if (before.length === 0) return children.map(unjudged);
  const known = new Map(before.map((child) => [child.element, child]));
  return children.map((declared) => {
    const child = known.get(declared.element);
    const isSame = child?.declaration === declared.declaration && child.refused === declared.refused;
    return isSame ? child : unjudged(declared);
  });
}

function noteSoundness(one: Judged): void {
  const sound =
    one.verdict?.findings.length === 0 && one.children.every((child) => child.sound === (child.element.revision ?? 0));
  one.sound = sound ? (one.element.revision ?? 0) : -1;
}
