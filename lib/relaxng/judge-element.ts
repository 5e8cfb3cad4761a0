import type { XmlAttribute, XmlElement, XmlNode, XmlText } from "#lib/xml/tree.ts";
import type { ContentModel, Taker } from "./content-model.ts";
import { needs } from "./derivative.ts";
import { type Guesser, guesser } from "./did-you-mean.ts";
import { atAttribute, atName, atText, atValue, type Extras, type Finding, finding, type Place } from "./finding.ts";
import type { CompiledGrammar } from "./grammar.ts";
import { type Messages, valueExpectation, wrongValue } from "./messages.ts";
import { listedNames, takesName } from "./name-class.ts";
import type { ElementDeclaration, Pattern } from "./pattern.ts";
import { takesText } from "./takes-text.ts";
import type { View } from "./view.ts";

/** An element and the declaration to judge it by. */
export interface Declared {
  element: XmlElement;
  declaration: ElementDeclaration;
  /** It has no place where it stands, and that is reported: its name may be what is wrong, not what it holds. */
  refused: boolean;
}

/** What is wrong with one element, and its children with the declarations to judge them by. */
export interface Verdict {
  findings: readonly Finding[];
  children: readonly Declared[];
}

interface Court {
  grammar: CompiledGrammar;
  say: Messages;
  view: View;
  /** Nobody reads more findings than these. */
  limit: number;
}

/** One element while it is judged: what is left of each independent part of its content. */
interface Case extends Declared {
  model: ContentModel;
  states: Pattern[];
  /** The first child that each leaf took; absent before the first one, as most elements have none. */
  firsts?: Map<Pattern, XmlElement>;
  findings: Finding[];
  limit: number;
  /** Guesses what unknown names were meant to be; absent until somebody asks. */
  guess?: Guesser;
}

const xmlns = "http://www.w3.org/2000/xmlns/";

/** Judges one element by its attributes, its character data and the names of its children. */
export function judgeElement(court: Court, declared: Declared): Verdict {
  const { element, declaration, refused } = declared;
  const model = court.grammar.contentOf(declaration);
  const states = model.parts.slice();
  const open: Case = { element, declaration, refused, model, states, findings: [], limit: court.limit };
  takeAttributes(court, open);

  const children: Declared[] = [];
  for (const node of court.view.children(element)) {
    if (node.kind === "element") {
      const taken = takeChild(court, open, node);
      if (taken !== null) children.push(taken);
    } else if (isData(node) && model.text === null && /[^ \t\r\n]/.test(node.value)) reportText(open, node);
  }
  takeText(court, open);
  if (element.form === "empty" || element.form === "closed") reportMissing(court, open);
  return { findings: open.findings, children };
}

function report(open: Case, code: string, place: Place, message: () => string, extras?: Extras): void {
  const { element, refused, findings, limit } = open;
  if (findings.length >= limit) return;
  // Of an element that is refused, only values of attributes are worth a word.
  if (refused && (code !== "wrong-value" || place.start === element.nameStart)) return;
  findings.push(finding(code, place, message, extras));
}

/** Takes all attributes; of those that are missing it reports the required ones, and goes on as if they were there. */
function takeAttributes(court: Court, open: Case): void {
  const { model } = open;
  let touched = model.requiringAttributes;
  for (const attribute of court.view.attributes(open.element)) {
    if (attribute.namespace === xmlns) continue;
    const part = takeAttribute(court, open, attribute);
    if (part !== null && !touched.includes(part)) touched = [...touched, part];
  }
  // Of the other parts it is known beforehand what is left of them without an attribute.
  const states = open.states;
  open.states = model.closed.slice();
  for (let part = 0; part < states.length; part++)
    if (touched.includes(part)) closeAttributes(court, open, part, states[part] as Pattern);
}

/** The pattern of an attribute's value. */
function valueOf({ leaf }: Taker): Pattern {
  if (leaf.kind !== "attribute") throw new Error("an element was taken for an attribute");
  return leaf.declaration.value;
}

/** The part that took the attribute; null where none did. */
function takeAttribute({ grammar, say, view }: Court, open: Case, attribute: XmlAttribute): number | null {
  const { derive, patterns } = grammar;
  const { element, model, states, declaration } = open;
  const takers = model.attributes(attribute);
  if (takers.length === 0) {
    const meant = takeMeant(view, grammar, open, attribute);
    const message = () => say.unknownAttribute(attribute, element, declaration);
    report(open, "attribute-not-allowed", atAttribute(element, attribute), message, {
      incomplete: meant?.incomplete === true,
      ...(meant !== null && { meant: meant.name }),
    });
    return meant?.part ?? null;
  }
  // The first that takes the value, else the first that takes the name.
  let taker: Taker | undefined;
  let after: Pattern = patterns.notAllowed;
  let right = false;
  for (const candidate of takers) {
    const state = derive.step(states[candidate.part] as Pattern, candidate.leaf);
    if (state === patterns.notAllowed) continue;
    right = takesText(valueOf(candidate), attribute.value);
    if (!right && taker !== undefined) continue;
    taker = candidate;
    after = state;
    if (right) break;
  }
  if (taker === undefined) {
    report(open, "attribute-conflict", atAttribute(element, attribute), () => {
      const rivals = view
        .attributes(element)
        .filter((other) => other !== attribute && model.attributes(other).some(({ part }) => part === takers[0]?.part));
      return say.conflict(attribute, rivals, element);
    });
    return null;
  }
  if (!right && attribute.complete) {
    const value = valueOf(taker);
    report(open, "wrong-value", atValue(element, attribute), () =>
      wrongValue(attribute.value, attribute.name, valueExpectation(value, derive.leaves(value))),
    );
  }
  states[taker.part] = after;
  return taker.part;
}

/** No attribute comes any more. */
function closeAttributes({ grammar, say }: Court, open: Case, part: number, state: Pattern): void {
  const { derive, patterns } = grammar;
  const { element, states } = open;
  const closed = derive.closeAttributes(state);
  states[part] = closed === patterns.notAllowed ? derive.waiveAttributes(state) : closed;
  if (closed !== patterns.notAllowed || element.form === "broken") return;
  for (const alternatives of needs(state)) {
    const message = () => say.missingAttribute(element, alternatives);
    report(open, "missing-attribute", atName(element), message, { incomplete: true });
  }
}

/** What someone most likely meant who wrote a name that is none of these. */
function meantBy(open: Case, name: string, takers: readonly Taker[]): Taker | null {
  const nameOf = ({ leaf }: Taker) => listedNames(leaf.declaration.nameClass)?.[0]?.local ?? "";
  open.guess ??= guesser();
  const meant = open.guess(name, () => takers.map(nameOf));
  return meant === null ? null : (takers.find((taker) => nameOf(taker) === meant) ?? null);
}

/**
 * Takes an unknown attribute for what it was most likely meant to be, so that it is not reported as missing as well.
 * Returns its name, the part that took it, and whether the element lacks what it needs; null where nothing is near.
 */
function takeMeant(view: View, grammar: CompiledGrammar, open: Case, attribute: XmlAttribute) {
  const { derive, patterns } = grammar;
  const { element, model, states } = open;
  const meant = meantBy(open, attribute.name, model.attributeLeaves);
  if (meant === null) return null;
  const { part, leaf } = meant;
  const before = states[part] as Pattern;
  const state = derive.step(before, leaf);
  if (state === patterns.notAllowed) return null;
  if (view.attributes(element).some((one) => takesName(leaf.declaration.nameClass, one))) return null;
  states[part] = state;
  const name = listedNames(leaf.declaration.nameClass)?.[0]?.local ?? "";
  return { name, part, incomplete: derive.closeAttributes(before) === patterns.notAllowed };
}

/** Gives a child its place in the parent's state; returns it with the declaration to judge it by, if there is one. */
function takeChild({ grammar, say }: Court, open: Case, child: XmlElement): Declared | null {
  const { derive, patterns } = grammar;
  const { element: parent, model, states } = open;
  const take = ({ part, leaf }: Taker): Declared | null => {
    const state = derive.step(states[part] as Pattern, leaf);
    if (state === patterns.notAllowed || leaf.kind !== "element") return null;
    states[part] = state;
    open.firsts ??= new Map();
    if (!open.firsts.has(leaf)) open.firsts.set(leaf, child);
    return { element: child, declaration: leaf.declaration, refused: false };
  };
  const takers = model.elements(child);
  for (const taker of takers) {
    const taken = take(taker);
    if (taken !== null) return taken;
  }
  const leaf = takers[0]?.leaf;
  const first = leaf === undefined ? undefined : open.firsts?.get(leaf);
  if (first !== undefined) {
    const message = () => `Only one <${child.name}> is allowed in <${parent.name}>.`;
    report(open, "too-many-elements", atName(child), message, { first });
  } else if (leaf !== undefined) {
    const wanted = needs(states[takers[0]?.part ?? 0] as Pattern)[0] ?? [];
    report(open, "element-out-of-place", atName(child), () => say.outOfPlace(child, parent, wanted));
  } else {
    const message = () => say.unknownElement(child, parent, open.declaration);
    report(open, "element-not-allowed", atName(child), message);
  }
  if (leaf?.kind === "element") return { element: child, declaration: leaf.declaration, refused: false };
  const declaration = grammar.onlyDeclaration(child);
  if (declaration !== null) return { element: child, declaration, refused: true };
  const meant = meantBy(open, child.name, model.elementLeaves);
  return meant === null ? null : take(meant);
}

function reportText(open: Case, node: XmlText): void {
  const { element } = open;
  report(open, "text-not-allowed", atText(element, node), () => `Text is not allowed in <${element.name}>.`);
}

/** Judges character data that must have a certain form. */
function takeText({ grammar, view }: Court, open: Case): void {
  const { element, model, states } = open;
  if (model.text === null || !model.text.data) return;
  const { part } = model.text;
  const nodes = view.children(element).filter(isData);
  const value = nodes.map((node) => node.value).join("");
  const state = states[part] as Pattern;
  if (takesText(state, value)) {
    states[part] = grammar.patterns.empty;
    return;
  }
  const [first, last] = [nodes[0], nodes.at(-1)];
  const inside = first !== undefined && last !== undefined && value.trim() !== "";
  report(open, "wrong-value", inside ? atText(element, first, last) : atName(element), () =>
    wrongValue(value.trim(), `<${element.name}>`, valueExpectation(state, grammar.derive.leaves(state))),
  );
}

/** Reports the children that are still missing at the end of an element. */
function reportMissing({ say }: Court, open: Case): void {
  const { element, states } = open;
  for (const state of states) {
    if (state.nullable) continue;
    for (const alternatives of needs(state)) {
      if (alternatives.every((leaf) => leaf.kind === "data")) continue;
      report(open, "missing-element", atName(element), () => say.missingElement(element, alternatives));
    }
  }
}

function isData(node: XmlNode): node is XmlText {
  return node.kind === "text" || node.kind === "cdata";
}
