import { needs } from "#lib/relaxng/derivative.ts";
import { nearest } from "#lib/relaxng/did-you-mean.ts";
import type { CompiledGrammar } from "#lib/relaxng/grammar.ts";
import { valueExpectation } from "#lib/relaxng/messages.ts";
import type { ElementDeclaration, Pattern } from "#lib/relaxng/pattern.ts";
import { takesText } from "#lib/relaxng/takes-text.ts";
import { removeAttributes, renameAttribute, setAttribute } from "#lib/xml/edit/attributes.ts";
import {
  insertChildren,
  moveElements,
  removeElement,
  renameElement,
  replaceText,
  wrapElement,
} from "#lib/xml/edit/elements.ts";
import { childElements, elementsOf, textOf, type XmlAttribute, type XmlElement } from "#lib/xml/tree.ts";
import { declarationOf, possibleAttributes, possibleElements } from "../context.ts";
import { type Candidate, type Fault, inFile } from "./fault.ts";
import { newElement, newValue } from "./new-content.ts";
import { fittingValues } from "./values.ts";

/** A fault in a place that is known, of a description whose schema is known. */
interface Case extends Fault {
  element: XmlElement;
  grammar: CompiledGrammar;
  /** What the schema says of the element; null where it says nothing. */
  declaration: ElementDeclaration | null;
}

/** More places among its siblings are not tried for an element. */
const maxMoves = 8;

const fixers: Readonly<Record<string, (fault: Case) => Candidate[]>> = {
  "wrong-root": (fault) => renamed(fault, fault.element, "image"),
  "attribute-not-allowed": unknownAttribute,
  "attribute-conflict": conflict,
  "wrong-value": (fault) => (fault.attribute === null ? wrongText(fault) : wrongValue(fault, fault.attribute)),
  "missing-attribute": missingAttribute,
  "missing-element": missingElement,
  "element-not-allowed": unknownElement,
  "element-out-of-place": misplaced,
  "too-many-elements": tooMany,
  "text-not-allowed": strayText,
};

/** Ways to end what the grammar complains of. */
export function relaxngFixes(fault: Fault): Candidate[] {
  const { element, schema, problem } = fault;
  const fixer = fixers[problem.code];
  if (fixer === undefined || element === null || schema === null) return [];
  const { grammar } = schema;
  return fixer({ ...fault, element, grammar, declaration: declarationOf(grammar, element) });
}

function unknownAttribute(fault: Case): Candidate[] {
  const { attribute, element, document, declaration, grammar } = fault;
  if (attribute === null) return [];
  const names = possibleNames(fault);
  const near = nearest(attribute.name, names);
  const candidates: Candidate[] = [];
  if (near !== null) {
    const edits = renameAttribute(attribute, near);
    candidates.push({ title: `Rename to "${near}"`, action: "rename-attribute", edits: inFile(document, edits) });
  }
  const removing = removeAttributes(document, element, [attribute]);
  for (const owner of [element.parent, ...childElements(element)]) {
    const takes = owner !== null && grammar.ownersOfAttribute(attribute).includes(owner.name);
    if (!takes || owner.attributes.some(({ name }) => name === attribute.name)) continue;
    const edits = [...removing, ...setAttribute(document, owner, attribute.name, attribute.value)];
    candidates.push({
      title: `Move "${attribute.name}" to <${owner.name}>`,
      action: "move-attribute",
      edits: inFile(document, edits),
    });
  }
  const title = `Remove the attribute "${attribute.name}"`;
  candidates.push({ title, action: "remove-attribute", edits: inFile(document, removing) });
  return declaration === null ? [] : candidates;
}

/** Names of the attributes that the element could have besides those that it has. */
function possibleNames({ declaration, element, attribute, grammar }: Case): string[] {
  if (declaration === null) return [];
  const present = element.attributes.filter((one) => one !== attribute);
  return possibleAttributes(grammar, declaration, present).map(({ name }) => name);
}

function conflict({ attribute, element, document, declaration, grammar }: Case): Candidate[] {
  if (attribute === null || declaration === null) return [];
  const model = grammar.contentOf(declaration);
  const parts = new Set(model.attributes(attribute).map(({ part }) => part));
  const rivals = element.attributes.filter(
    (other) => other !== attribute && model.attributes(other).some(({ part }) => parts.has(part)),
  );
  return [[attribute], rivals].flatMap((gone) => {
    if (gone.length === 0) return [];
    const names = gone.map(({ name }) => `"${name}"`).join(" and ");
    const edits = removeAttributes(document, element, gone);
    return [{ title: `Remove ${names}`, action: "remove-attribute", edits: inFile(document, edits) }];
  });
}

function wrongValue({ element, document, declaration, grammar }: Case, attribute: XmlAttribute): Candidate[] {
  const leaves = declaration === null ? [] : grammar.contentOf(declaration).attributes(attribute);
  const patterns = leaves.flatMap(({ leaf }) => (leaf.kind === "attribute" ? [leaf] : []));
  const candidates = patterns.flatMap(({ declaration: { value: pattern } }) =>
    fitting(grammar, pattern, attribute.value).map((value) => ({
      title: `Change to "${value}"`,
      action: "change-value",
      edits: inFile(document, setAttribute(document, element, attribute.name, value)),
    })),
  );
  const edits = removeAttributes(document, element, [attribute]);
  const title = `Remove the attribute "${attribute.name}"`;
  candidates.push({ title, action: "remove-attribute", edits: inFile(document, edits) });
  if (candidates.length > 1) return candidates;
  const value = patterns[0] === undefined ? "" : newValue(grammar, element.name, patterns[0].declaration);
  const changed = setAttribute(document, element, attribute.name, value);
  return [
    ...candidates,
    { title: `Change to "${value}"`, action: "change-value", edits: inFile(document, changed) },
    ...removal({ document }, element),
  ];
}

function wrongText(fault: Case): Candidate[] {
  const { element, document, declaration, grammar } = fault;
  if (declaration === null) return [];
  const model = grammar.contentOf(declaration);
  const pattern = model.text === null ? undefined : model.parts[model.text.part];
  const values = pattern === undefined ? [] : fitting(grammar, pattern, textOf(element));
  if (values.length === 0) values.push(newElement(grammar, declaration).text ?? "");
  const changes = values.map((value) => ({
    title: `Change to "${value}"`,
    action: "change-value",
    edits: inFile(document, replaceText(document, element, value)),
  }));
  return [...changes, ...removal(fault, element)];
}

function fitting({ derive }: CompiledGrammar, pattern: Pattern, value: string): string[] {
  const { values } = valueExpectation(pattern, derive.leaves(pattern));
  return fittingValues(value, values, (one) => takesText(pattern, one));
}

function missingAttribute(fault: Case): Candidate[] {
  const { element, document, declaration, grammar } = fault;
  if (declaration === null) return [];
  const required = possibleAttributes(grammar, declaration, element.attributes).filter((one) => one.required);
  const additions = required.flatMap(({ name, leaf }) => {
    if (leaf.kind !== "attribute") return [];
    const edits = setAttribute(document, element, name, newValue(grammar, element.name, leaf.declaration));
    return [{ title: `Add the attribute "${name}"`, action: "add-attribute", edits: inFile(document, edits) }];
  });
  return [...additions, ...removal(fault, element)];
}

function missingElement(fault: Case): Candidate[] {
  const { element, document, declaration, grammar, view } = fault;
  if (declaration === null) return [];
  const model = grammar.contentOf(declaration);
  const present = childElements({ children: view.children(element) });
  const wanted = model.parts.flatMap((part, index) => {
    let state = part;
    for (const child of present) {
      const taker = model.elements(child).find((one) => one.part === index);
      const next = taker === undefined ? state : grammar.derive.step(state, taker.leaf);
      if (next !== grammar.patterns.notAllowed) state = next;
    }
    return needs(grammar.derive.waiveAttributes(state)).flat();
  });
  const additions = wanted.flatMap((leaf) => {
    if (leaf.kind !== "element") return [];
    const made = newElement(grammar, leaf.declaration);
    const edits = insertChildren(document, element, [made]);
    return [{ title: `Add <${made.name}>`, action: "add-element", edits: inFile(document, edits) }];
  });
  return [...additions, ...removal(fault, element)];
}

function unknownElement(fault: Case): Candidate[] {
  const { element, document, grammar } = fault;
  const { parent } = element;
  const owner = parent === null ? null : declarationOf(grammar, parent);
  if (parent === null || owner === null) return removal(fault, element);
  const siblings = childElements({ children: fault.view.children(parent) }).filter((one) => one !== element);
  const allowed = possibleElements(grammar, owner, siblings, []).map(({ name }) => name);
  const near = nearest(element.name, allowed);
  const candidates = near === null ? [] : renamed(fault, element, near);
  for (const target of nearestOwners(fault, grammar.ownersOfElement(element))) {
    const there = fault.composition.documentOf(target);
    const { source, target: put } = moveElements(document, [element], there, target);
    const edits = [...inFile(document, source), ...inFile(there, put)];
    const where = there === document ? "" : ` of ${there.path}`;
    candidates.push({ title: `Move into <${target.name}>${where}`, action: "move-element", edits });
  }
  for (const name of grammar.ownersOfElement(element)) {
    const declaration = allowed.includes(name) ? grammar.onlyDeclaration({ namespace: "", local: name }) : null;
    if (declaration === null) continue;
    const { attributes } = newElement(grammar, declaration);
    const edits = wrapElement(document, element, attributes === undefined ? { name } : { name, attributes });
    candidates.push({ title: `Put into a new <${name}>`, action: "wrap-element", edits: inFile(document, edits) });
  }
  return [...candidates, ...removal(fault, element)];
}

/** Elements that may hold what stands in the wrong one: those around it, then others of its file, then of all. */
function nearestOwners({ element, composition, document }: Case, names: readonly string[]): XmlElement[] {
  const found: XmlElement[] = [];
  for (let above = element.parent; above !== null; above = above.parent) {
    if (names.includes(above.name) && above !== element.parent) found.push(above);
  }
  const documents = [document, ...[composition.main, ...composition.fragments].filter((one) => one !== document)];
  for (const { children } of documents) {
    for (const one of elementsOf(children)) {
      if (names.includes(one.name) && one !== element && one !== element.parent) found.push(one);
    }
  }
  const outside = [...new Set(found)].filter(
    (one) => one.end <= element.start || one.start >= element.end || holds(one),
  );
  return outside.slice(0, 3);

  function holds(one: XmlElement): boolean {
    return one.start < element.start && element.end < one.end;
  }
}

function tooMany(fault: Case): Candidate[] {
  const { element, document, composition } = fault;
  const { parent } = element;
  const shown = parent === null ? [] : childElements({ children: fault.view.children(viewRoot(fault, parent)) });
  const first = shown.find((one) => one.name === element.name && one !== element);
  const removing = removal(fault, element).map((one) => ({ ...one, title: `Remove this <${element.name}>` }));
  if (first === undefined) return removing;
  const there = composition.documentOf(first);
  const line = there.lines.position(first.start).line;
  const where = there === document ? `in line ${line}` : `in ${there.path}, line ${line}`;
  const candidates: Candidate[] = [];
  const content = childElements(element);
  if (content.length > 0 && element.form === "closed") {
    const { target } = moveElements(document, content, there, first);
    const edits = [...inFile(document, removeElement(document, element)), ...inFile(there, target)];
    candidates.push({ title: `Merge into the one ${where}`, action: "merge-element", edits });
  }
  candidates.push(...removing);
  candidates.push({
    title: `Remove the one ${where}`,
    action: "remove-first",
    edits: inFile(there, removeElement(there, first)),
  });
  return candidates;
}

/** What stands in the wrong order goes behind one of those that follow it, or before one of those that precede it. */
function misplaced(fault: Case): Candidate[] {
  const { element, document } = fault;
  const { parent } = element;
  if (parent === null) return removal(fault, element);
  const siblings = childElements(parent);
  const at = siblings.indexOf(element);
  const places = [
    ...siblings.slice(at + 1).map((one) => ({ one, place: { after: one }, word: "behind" })),
    ...siblings.slice(0, Math.max(at, 0)).map((one) => ({ one, place: { before: one }, word: "before" })),
  ];
  const moves = places.slice(0, maxMoves).map(({ one, place, word }) => {
    const { source, target } = moveElements(document, [element], document, parent, place);
    const edits = inFile(document, [...source, ...target]);
    return { title: `Move ${word} <${one.name}>`, action: "reorder-element", edits };
  });
  return [...moves, ...removal(fault, element)];
}

/** The children of all files' roots are shown below that of the image file. */
function viewRoot({ composition }: Case, parent: XmlElement): XmlElement {
  return parent.parent === null && composition.main.root !== null ? composition.main.root : parent;
}

function strayText({ document, start, end, element }: Case): Candidate[] {
  const text = document.text.slice(start, end);
  const edits = removeElement(document, { start, end });
  const candidates = [{ title: "Remove the text", action: "remove-text", edits: inFile(document, edits) }];
  const isComment = !text.includes("--") && !text.endsWith("-") && !text.includes("<![CDATA[");
  if (!isComment) return candidates;
  const comment = [{ start, end, text: `<!-- ${text} -->` }];
  return [
    { title: "Turn into a comment", action: "comment-out", edits: inFile(document, comment) },
    ...candidates,
  ].toSorted(
    // Words between elements are mostly remarks; in an element that holds nothing they are mostly a mistake.
    (a, b) =>
      childElements(element).length > 0 ? 0 : Number(b.action === "remove-text") - Number(a.action === "remove-text"),
  );
}

function renamed({ document }: Case, element: XmlElement, name: string): Candidate[] {
  const edits = renameElement(document, element, name);
  return [{ title: `Rename to <${name}>`, action: "rename-element", edits: inFile(document, edits) }];
}

function removal({ document }: Pick<Fault, "document">, element: XmlElement): Candidate[] {
  const edits = removeElement(document, element);
  return [{ title: `Remove <${element.name}>`, action: "remove-element", edits: inFile(document, edits) }];
}
