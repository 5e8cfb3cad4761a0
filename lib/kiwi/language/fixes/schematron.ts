import type { CompiledGrammar } from "#lib/relaxng/grammar.ts";
import { valueExpectation } from "#lib/relaxng/messages.ts";
import type { Rule } from "#lib/schematron/rules.ts";
import type { Expression, Step } from "#lib/schematron/xpath-parser.ts";
import { removeAttributes, setAttribute } from "#lib/xml/edit/attributes.ts";
import { insertChildren, moveElements, removeElement, replaceText } from "#lib/xml/edit/elements.ts";
import type { NewElement } from "#lib/xml/edit/write.ts";
import { attributeOf, childElements, elementsOf, textOf, type XmlElement } from "#lib/xml/tree.ts";
import { declarationOf } from "../context.ts";
import { type Candidate, type Fault, inFile } from "./fault.ts";
import { newElement, newValue } from "./new-content.ts";

type Path = Expression & { kind: "path" };

/** What could be changed where an element breaks a rule. */
interface Case extends Fault {
  grammar: CompiledGrammar;
}

/**
 * Ways to end what a Schematron rule complains of, read from the rule itself: make its test hold, or make the rule not
 * apply. So rules that are not written yet get their fixes as well.
 */
export function schematronFixes(fault: Fault): Candidate[] {
  const { schema, problem } = fault;
  if (schema === null || !problem.code.startsWith("rule-")) return [];
  const one: Case = { ...fault, grammar: schema.grammar };
  return schema
    .rulesOf(problem.code)
    .flatMap((rule) => brokenBy(one, rule).flatMap((element) => mended(one, rule, element)));
}

/** The elements about which the problem may be: that of its place, and what stands above and directly below it. */
function brokenBy({ element, view }: Case, rule: Rule): XmlElement[] {
  if (element === null) return [];
  const near = [element, ...childElements({ children: view.children(element) })];
  for (let above = element.parent; above !== null; above = above.parent) near.push(above);
  const broken = (one: XmlElement) =>
    rule.names.includes(one.local) &&
    rule.matches(one, view) &&
    rule.asserts.some((assert) => !assert.holds(one, view));
  return near.filter(broken).slice(0, 1);
}

function mended(one: Case, rule: Rule, element: XmlElement): Candidate[] {
  const broken = rule.asserts.find((assert) => !assert.holds(element, one.view));
  if (broken === undefined) return [];
  const { context, test } = broken.written;
  const limits = isMembership(test);
  const holding = satisfy(one, test, true, element);
  const notApplying = contextSteps(context).flatMap(({ predicates }, up) => {
    const at = ancestor(one, element, up);
    return at === null ? [] : predicates.flatMap((predicate) => satisfy(one, predicate, false, at));
  });
  const elsewhere = betterParents(one, test, element);
  // What goes only with certain values is mostly in excess; all else is mostly incomplete.
  const ordered = limits ? [...notApplying, ...holding] : [...elsewhere, ...holding, ...notApplying];
  return [...ordered, ...removal(one, element)];
}

function ancestor({ view }: Case, element: XmlElement, up: number): XmlElement | null {
  let at: XmlElement | null = element;
  for (let i = 0; i < up && at !== null; i++) at = view.parent(at);
  return at;
}

/** The steps of a rule's context, the element's own first. */
function contextSteps(context: Expression): readonly Step[] {
  return context.kind === "path" ? context.steps.toReversed() : [];
}

/** Changes that make a condition on an element true, or false. */
function satisfy(one: Case, condition: Expression, wanted: boolean, at: XmlElement): Candidate[] {
  switch (condition.kind) {
    case "path":
      return wanted ? bringAbout(one, condition, at) : takeAway(one, condition, at);
    case "call":
      return satisfyCall(one, condition.name, condition.args, wanted, at);
    case "binary":
      return satisfyBinary(one, condition, wanted, at);
    default:
      return [];
  }
}

function satisfyCall(
  one: Case,
  name: string,
  [first, second]: readonly Expression[],
  wanted: boolean,
  at: XmlElement,
): Candidate[] {
  if (first === undefined) return [];
  if (name === "not") return satisfy(one, first, !wanted, at);
  if (name === "contains" && first.kind === "literal" && second?.kind === "path") {
    const names = first.value.split(/\s+/).filter((word) => word !== "");
    return wanted ? setAny(one, second, at, names) : setOther(one, second, at);
  }
  if (name === "contains" && first.kind === "path" && second?.kind === "literal" && wanted) {
    return setText(one, first, at, second.value);
  }
  if (name === "starts-with" && first.kind === "path" && second?.kind === "literal" && wanted) {
    const { value: start } = second;
    return targets(one, first, at).flatMap(({ element, attribute }) => {
      const value = allowedValues(one, element, attribute).find((all) => all.startsWith(start));
      return value === undefined ? [] : setTo(one, element, attribute, value);
    });
  }
  return [];
}

function satisfyBinary(
  one: Case,
  { operator, left, right }: Expression & { kind: "binary" },
  wanted: boolean,
  at: XmlElement,
): Candidate[] {
  if (operator === "or" && wanted) return [...satisfy(one, left, true, at), ...satisfy(one, right, true, at)];
  if (operator === "and" && !wanted) return [...satisfy(one, left, false, at), ...satisfy(one, right, false, at)];
  if (operator === "=" && left.kind === "path" && right.kind === "literal") {
    if (left.steps.at(-1)?.axis === "text") return wanted ? setText(one, left, at, right.value) : [];
    return wanted ? setAny(one, left, at, [right.value]) : unset(one, left, at, right.value);
  }
  if (operator === "!=" && left.kind === "path" && right.kind === "literal") {
    return wanted ? unset(one, left, at, right.value) : setAny(one, left, at, [right.value]);
  }
  if (operator === "<=" && wanted) return atMost(one, left, right, at);
  return [];
}

function atMost(one: Case, left: Expression, right: Expression, at: XmlElement): Candidate[] {
  if (left.kind === "path" && right.kind === "path" && right.steps.at(-1)?.axis === "text") {
    return targets(one, left, at).flatMap(({ element, attribute }) => {
      const [value, limit] = [attributeOf(element, attribute)?.value ?? "", textOf(at).trim()];
      return [
        ...setTo(one, element, attribute, limit),
        ...setText(one, right, at, value.trim()),
        ...unset(one, left, at, null),
      ];
    });
  }
  const [counted] = left.kind === "call" && left.name === "count" ? left.args : [];
  if (counted?.kind !== "path" || right.kind !== "number") return [];
  const inExcess = elementsAt(one, counted.steps, at).slice(right.value);
  const predicates = counted.steps.at(-1)?.predicates ?? [];
  return predicates.flatMap((predicate) => {
    const changes = inExcess.flatMap((element) => satisfy(one, predicate, false, element).slice(0, 1));
    const [first] = changes;
    if (first === undefined) return [];
    return [{ ...first, edits: changes.flatMap(({ edits }) => edits) }];
  });
}

/** The attributes that a path leads to, whether they are there or not. */
function targets(one: Case, { steps }: Path, at: XmlElement): { element: XmlElement; attribute: string }[] {
  const last = steps.at(-1);
  if (last?.axis !== "attribute") return [];
  return elementsAt(one, steps.slice(0, -1), at).map((element) => ({ element, attribute: last.name }));
}

/** The elements that steps lead to; conditions are not looked at. */
function elementsAt({ view }: Case, steps: readonly Step[], from: XmlElement): XmlElement[] {
  let found = [from];
  for (const step of steps) {
    if (step.axis === "parent") found = found.flatMap((one) => view.parent(one) ?? []);
    else if (step.axis === "child") {
      found = found.flatMap((one) =>
        childElements({ children: view.children(one) }).filter((child) => child.local === step.name),
      );
    } else if (step.axis === "text") return found;
  }
  return found;
}

/** Makes there be what a path leads to. */
function bringAbout(one: Case, path: Path, at: XmlElement): Candidate[] {
  const attributes = targets(one, path, at);
  if (attributes.length > 0) {
    return attributes.flatMap(({ element, attribute }) => {
      const leaf = attributeLeaf(one, element, attribute);
      return leaf === null ? [] : setTo(one, element, attribute, newValue(one.grammar, element.name, leaf));
    });
  }
  return bringElement(one, path.steps, at);
}

/** Makes an existing element fit the conditions of a path, or puts a new one where the path leads. */
function bringElement(one: Case, steps: readonly Step[], at: XmlElement): Candidate[] {
  const last = steps.at(-1);
  if (last?.axis !== "child") return [];
  const present = elementsAt(one, steps, at);
  if (present.length > 0) {
    return present.flatMap((element) => last.predicates.flatMap((predicate) => satisfy(one, predicate, true, element)));
  }
  for (let known = steps.length - 1; known >= 0; known--) {
    const [parent] = elementsAt(one, steps.slice(0, known), at);
    if (parent === undefined) continue;
    const made = newPath(one, steps.slice(known));
    if (made === null) return [];
    const document = one.composition.documentOf(parent);
    const title = `Add <${made.name}> to <${parent.name}>`;
    return [{ title, action: "add-element", edits: inFile(document, insertChildren(document, parent, [made])) }];
  }
  return [];
}

/** A new element for the first of these steps, with those for the others inside. */
function newPath(one: Case, [step, ...inner]: readonly Step[]): NewElement | null {
  const declaration = step === undefined ? null : one.grammar.onlyDeclaration({ namespace: "", local: step.name });
  if (step === undefined || declaration === null) return null;
  const made = newElement(one.grammar, declaration);
  const child = inner.length > 0 ? newPath(one, inner) : null;
  const text = step.predicates.flatMap(wantedText)[0];
  if (child !== null) return { ...made, children: [...(made.children ?? []), child] };
  return text === undefined ? made : { ...made, text };
}

/** `text()='x'` and `contains(text(), 'x')`. */
function wantedText(condition: Expression): string[] {
  const pair =
    condition.kind === "binary" ? [condition.left, condition.right] : condition.kind === "call" ? condition.args : [];
  const [path, literal] = pair;
  return path?.kind === "path" && path.steps[0]?.axis === "text" && literal?.kind === "literal" ? [literal.value] : [];
}

/** Takes away what a path leads to. */
function takeAway(one: Case, path: Path, at: XmlElement): Candidate[] {
  if (path.steps.at(-1)?.axis === "attribute") return unset(one, path, at, null);
  return elementsAt(one, path.steps, at).flatMap((element) => removal(one, element));
}

function attributeLeaf({ grammar }: Case, element: XmlElement, name: string) {
  const declaration = declarationOf(grammar, element);
  if (declaration === null) return null;
  const taker = grammar.contentOf(declaration).attributes({ namespace: "", local: name })[0];
  return taker?.leaf.kind === "attribute" ? taker.leaf.declaration : null;
}

/** The values that the schema lists for an attribute. */
function allowedValues(one: Case, element: XmlElement, name: string): string[] {
  const declaration = attributeLeaf(one, element, name);
  return declaration === null
    ? []
    : valueExpectation(declaration.value, one.grammar.derive.leaves(declaration.value)).values;
}

/** Gives an attribute one of several values. */
function setAny(one: Case, path: Path, at: XmlElement, values: readonly string[]): Candidate[] {
  return targets(one, path, at).flatMap(({ element, attribute }) =>
    values.flatMap((value) => setTo(one, element, attribute, value)),
  );
}

/** Gives an attribute a value that resembles the one that it must not have. */
function setOther(one: Case, path: Path, at: XmlElement): Candidate[] {
  return targets(one, path, at).flatMap(({ element, attribute }) => {
    const value = attributeOf(element, attribute)?.value ?? "";
    return setTo(one, element, attribute, value === "" ? "extra" : `${value}_extra`);
  });
}

function setTo(one: Case, element: XmlElement, name: string, value: string): Candidate[] {
  const document = one.composition.documentOf(element);
  const edits = inFile(document, setAttribute(document, element, name, value));
  const title = `Set ${name}="${value}" of <${element.name}>`;
  return [{ title, action: `set-${name}`, edits }];
}

/** Takes attributes away, or only those of that value. */
function unset(one: Case, path: Path, at: XmlElement, value: string | null): Candidate[] {
  return targets(one, path, at).flatMap(({ element, attribute: name }) => {
    const attribute = attributeOf(element, name);
    if (attribute === undefined || (value !== null && attribute.value !== value)) return [];
    const document = one.composition.documentOf(element);
    const edits = inFile(document, removeAttributes(document, element, [attribute]));
    return [{ title: `Remove "${name}" of <${element.name}>`, action: "remove-attribute", edits }];
  });
}

function setText(one: Case, { steps }: Path, at: XmlElement, value: string): Candidate[] {
  return elementsAt(one, steps, at).flatMap((element) => {
    const document = one.composition.documentOf(element);
    const edits = inFile(document, replaceText(document, element, value));
    return [{ title: `Change <${element.name}> to "${value}"`, action: "change-value", edits }];
  });
}

/** Elements that hold too much to be thrown away for a rule. */
const tooMuch: ReadonlySet<string> = new Set(["image", "preferences", "type", "packages", "repository", "profiles"]);

function removal(one: Case, element: XmlElement): Candidate[] {
  if (tooMuch.has(element.name)) return [];
  const document = one.composition.documentOf(element);
  const edits = inFile(document, removeElement(document, element));
  return [{ title: `Remove <${element.name}>`, action: "remove-element", edits }];
}

/** Where a rule demands something of an element's parent: others of its kind that have it. */
function betterParents(one: Case, test: Expression, element: XmlElement): Candidate[] {
  const { parent } = element;
  const wanted = test.kind === "binary" && test.operator === "=" ? test.left : null;
  if (parent === null || wanted?.kind !== "path" || wanted.steps[0]?.axis !== "parent") return [];
  if (test.kind !== "binary" || test.right.kind !== "literal" || wanted.steps.length !== 2) return [];
  const [name, value] = [wanted.steps[1]?.name ?? "", test.right.value];
  const { main, fragments } = one.composition;
  const document = one.composition.documentOf(element);
  return [main, ...fragments].flatMap((there) => {
    const others = [...elementsOf(there.children)].filter(
      (other) => other.name === parent.name && other !== parent && attributeOf(other, name)?.value === value,
    );
    return others.slice(0, 1).map((other) => {
      const { source, target } = moveElements(document, [element], there, other);
      const title = `Move into <${other.name} ${name}="${value}">`;
      return { title, action: "move-element", edits: [...inFile(document, source), ...inFile(there, target)] };
    });
  });
}

function isMembership(test: Expression): boolean {
  return test.kind === "call" && test.name === "contains" && test.args[0]?.kind === "literal";
}
