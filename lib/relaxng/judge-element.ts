import type { XmlAttribute, XmlElement, XmlNode, XmlText } from "#lib/xml/tree.ts";
import type { ContentModel, Taker } from "./content-model.ts";
import { needs } from "./derivative.ts";
import { atName, atValue, type Report } from "./finding.ts";
import type { CompiledGrammar } from "./grammar.ts";
import { type Messages, valueExpectation, wrongValue } from "./messages.ts";
import type { ElementDeclaration, Pattern } from "./pattern.ts";
import type { View } from "./view.ts";

/** An element and the declaration to judge it by. */
export interface Declared {
  element: XmlElement;
  declaration: ElementDeclaration;
}

interface Court {
  grammar: CompiledGrammar;
  say: Messages;
  view: View;
  report: Report;
  /** Enough was found: the rest need not be looked at. */
  isFull: () => boolean;
}

/** One element while it is judged: what is left of each independent part of its content. */
interface Case extends Declared {
  model: ContentModel;
  states: Pattern[];
  /** The first child that each leaf took. */
  firsts: Map<Pattern, XmlElement>;
}

const xmlns = "http://www.w3.org/2000/xmlns/";

/** Judges one element and returns its children with the declarations to judge them by. */
export function judgeElement(court: Court, { element, declaration }: Declared): Declared[] {
  const model = court.grammar.contentOf(declaration);
  const open: Case = { element, declaration, model, states: model.parts.slice(), firsts: new Map() };
  for (const attribute of court.view.attributes(element)) {
    if (attribute.namespace !== xmlns) takeAttribute(court, open, attribute);
  }
  closeAttributes(court, open);

  const children: Declared[] = [];
  for (const node of court.view.children(element)) {
    if (court.isFull()) return [];
    if (node.kind === "element") {
      const taken = takeChild(court, open, node);
      if (taken !== null) children.push({ element: node, declaration: taken });
    } else if (isData(node) && model.text === null && /[^ \t\r\n]/.test(node.value)) reportText(court, element, node);
  }
  takeText(court, open);
  if (element.form === "empty" || element.form === "closed") reportMissing(court, open);
  return children;
}

function takeAttribute({ grammar, say, view, report }: Court, open: Case, attribute: XmlAttribute): void {
  const { derive, patterns } = grammar;
  const { element, model, states } = open;
  const place = { element, start: attribute.start, end: attribute.nameEnd };
  const takers = model.attributes(attribute);
  if (takers.length === 0) {
    const message = say.unknownAttribute(attribute, element, open.declaration);
    report({ code: "attribute-not-allowed", message, ...place });
    return;
  }
  const fitting = takers.filter(({ part, leaf }) => derive.step(states[part] as Pattern, leaf) !== patterns.notAllowed);
  const valueOf = ({ leaf }: Taker) => (leaf.kind === "attribute" ? leaf.declaration.value : patterns.notAllowed);
  const right = fitting.find((taker) => derive.text(valueOf(taker), attribute.value).nullable);
  const taker = right ?? fitting[0];
  if (taker === undefined) {
    const rivals = view
      .attributes(element)
      .filter((other) => other !== attribute && model.attributes(other).some(({ part }) => part === takers[0]?.part));
    const message = say.conflict(attribute, rivals, element);
    report({ code: "attribute-conflict", message, ...place });
    return;
  }
  if (right === undefined && attribute.complete) {
    const value = valueOf(taker);
    const message = wrongValue(attribute.value, attribute.name, valueExpectation(value, derive.leaves(value)));
    report({ code: "wrong-value", message, ...atValue(element, attribute) });
  }
  states[taker.part] = derive.step(states[taker.part] as Pattern, taker.leaf);
}

/** No attribute comes any more: reports those that are missing, and goes on as if they were there. */
function closeAttributes({ grammar, say, report }: Court, { element, model, states }: Case): void {
  const { derive, patterns } = grammar;
  for (const part of model.attributeParts) {
    const state = states[part] as Pattern;
    const closed = derive.closeAttributes(state);
    states[part] = closed === patterns.notAllowed ? derive.waiveAttributes(state) : closed;
    if (closed !== patterns.notAllowed || element.form === "broken") continue;
    for (const alternatives of needs(state)) {
      report({ code: "missing-attribute", message: say.missingAttribute(element, alternatives), ...atName(element) });
    }
  }
}

/** Gives a child its place in the parent's state; returns the declaration to judge it by, if there is one. */
function takeChild({ grammar, say, report }: Court, open: Case, child: XmlElement): ElementDeclaration | null {
  const { derive, patterns } = grammar;
  const { element: parent, model, states, firsts } = open;
  const takers = model.elements(child);
  for (const { part, leaf } of takers) {
    const state = derive.step(states[part] as Pattern, leaf);
    if (state === patterns.notAllowed || leaf.kind !== "element") continue;
    states[part] = state;
    if (!firsts.has(leaf)) firsts.set(leaf, child);
    return leaf.declaration;
  }
  const leaf = takers[0]?.leaf;
  const first = leaf === undefined ? undefined : firsts.get(leaf);
  if (first !== undefined) {
    const message = `Only one <${child.name}> is allowed in <${parent.name}>.`;
    report({ code: "too-many-elements", message, ...atName(child), first });
  } else if (leaf !== undefined) {
    const wanted = needs(states[takers[0]?.part ?? 0] as Pattern)[0] ?? [];
    const message = say.outOfPlace(child, parent, wanted);
    report({ code: "element-out-of-place", message, ...atName(child) });
  } else {
    const message = say.unknownElement(child, parent, open.declaration);
    report({ code: "element-not-allowed", message, ...atName(child) });
  }
  return leaf?.kind === "element" ? leaf.declaration : grammar.onlyDeclaration(child);
}

function reportText({ report }: Court, element: XmlElement, node: XmlText): void {
  const message = `Text is not allowed in <${element.name}>.`;
  report({ code: "text-not-allowed", message, element, start: node.start, end: node.end });
}

/** Judges character data that must have a certain form. */
function takeText({ grammar, view, report }: Court, { element, model, states }: Case): void {
  if (model.text === null || !model.text.data) return;
  const { part } = model.text;
  const nodes = view.children(element).filter(isData);
  const value = nodes.map((node) => node.value).join("");
  const state = states[part] as Pattern;
  if (grammar.derive.text(state, value).nullable) {
    states[part] = grammar.patterns.empty;
    return;
  }
  const [first, last] = [nodes[0], nodes.at(-1)];
  const inside = first !== undefined && last !== undefined && value.trim() !== "";
  const place = inside ? { element, start: first.start, end: last.end } : atName(element);
  const expected = valueExpectation(state, grammar.derive.leaves(state));
  report({ code: "wrong-value", message: wrongValue(value.trim(), `<${element.name}>`, expected), ...place });
}

/** Reports the children that are still missing at the end of an element. */
function reportMissing({ say, report }: Court, { element, states }: Case): void {
  for (const alternatives of states.flatMap(needs)) {
    if (alternatives.every((leaf) => leaf.kind === "data")) continue;
    report({ code: "missing-element", message: say.missingElement(element, alternatives), ...atName(element) });
  }
}

function isData(node: XmlNode): node is XmlText {
  return node.kind === "text" || node.kind === "cdata";
}
