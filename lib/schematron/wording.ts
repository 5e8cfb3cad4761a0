import { oneOf } from "#lib/relaxng/datatypes.ts";
import type { View } from "#lib/relaxng/view.ts";
import { textOf, type XmlElement } from "#lib/xml/tree.ts";
import type { Expression, Step } from "./xpath-parser.ts";

/** A rule as it is written: which elements it is about, and what must hold for them. */
export interface WrittenRule {
  context: Expression;
  test: Expression;
}

type Path = Expression & { kind: "path" };

/**
 * Says in words what a broken rule demands of an element, read from the rule's own expressions; null where they have a
 * form that we have no words for. Rules often carry a text, but it tells neither the value that is there nor, in
 * many, what would be right.
 */
export function wordingOf({ context, test }: WrittenRule, element: XmlElement, view: View): string | null {
  if (context.kind !== "path") return null;
  const here = { element, view, conditions: context.steps.at(-1)?.predicates ?? [] };
  return forbidden(here, test) ?? limited(here, test) ?? bounded(here, test) ?? needed(here, test);
}

/** The element that a rule is broken by, and the conditions under which the rule is about it. */
interface Place {
  element: XmlElement;
  view: View;
  conditions: readonly Expression[];
}

/** `not(…)`: something that must not be there, or must not have a certain value. */
function forbidden(here: Place, test: Expression): string | null {
  const inner = negated(test);
  if (inner === null) return null;
  if (inner.kind === "path") {
    const attribute = attributeName(inner);
    const condition = here.conditions[0];
    if (attribute === null || condition?.kind !== "binary") return null;
    const wanted = comparison(condition);
    if (wanted === null) return null;
    const actual = `${wanted.name}="${valueAt(here, condition.left as Path) ?? ""}"`;
    return condition.operator === "!="
      ? `"${attribute}" goes only with ${wanted.name}="${wanted.value}", not with ${actual}.`
      : `"${attribute}" does not go with <${here.element.name} ${actual}>.`;
  }
  const list = membership(inner);
  if (list === null) return null;
  const value = valueAt(here, list.path) ?? "";
  return `"${value}" is not allowed for "${list.name}" of <${here.element.name}>: it must not be ${oneOf(list.values)}, nor a part of one of them.`;
}

/** `contains('a b', @x)`: something that goes only with certain values of an attribute. */
function limited(here: Place, test: Expression): string | null {
  const list = membership(test);
  if (list === null) return null;
  const subject = presentAttribute(here);
  if (subject === null) return null;
  const owner = ownerOf(here, list.path);
  const actual = valueAt(here, list.path) ?? "";
  const head = subject === list.name ? `<${here.element.name}>` : `"${subject}" of <${here.element.name}>`;
  return `${head} goes only with ${list.name}=${oneOf(list.values)}${owner}, not with ${list.name}="${actual}".`;
}

/** Comparisons of numbers. */
function bounded(here: Place, test: Expression): string | null {
  if (test.kind !== "binary" || test.operator !== "<=") return null;
  const { left, right } = test;
  const most = right.kind === "number" ? right.value : null;
  if (left.kind === "call" && left.name === "count" && most === 1 && left.args[0]?.kind === "path") {
    return `Only one ${elementPhrase(left.args[0])} is allowed in <${here.element.name}>.`;
  }
  if (left.kind !== "path" || right.kind !== "path" || right.steps.at(-1)?.axis !== "text") return null;
  const [name, limit] = [attributeName(left), textOf(here.element).trim()];
  return name === null ? null : `"${name}" must not be greater than the ${limit} that <${here.element.name}> holds.`;
}

/** Everything else that can be put as "this needs that". */
function needed(here: Place, test: Expression): string | null {
  const alternatives = operands(test);
  const exempt = alternatives.flatMap((one) => attributeName(negated(one)) ?? []);
  const wanted = alternatives.filter((one) => negated(one) === null);
  const phrases = wanted.map(phrase);
  if (exempt.length > 1 || wanted.length === 0 || phrases.includes(null)) return null;
  const subject = exempt[0] ?? presentAttribute(here);
  const paths = wanted.map(mentionedPath);
  const names = new Set(paths.map(attributeName));
  const owners = new Set([...wanted.filter((one) => one.kind === "path"), ...paths].map((path) => ownerOf(here, path)));
  // An attribute that needs another value of its own: the sentence is about what stands around it.
  const head =
    subject === null || names.has(subject)
      ? `<${here.element.name}${valuesOfConditions(here)}>`
      : `"${subject}" of <${here.element.name}>`;
  const [path] = paths;
  const value = names.size === 1 && path !== undefined && path !== null ? valueAt(here, path) : null;
  const but = value === null ? "" : `, not ${attributeName(path)}="${value}"`;
  return `${head} needs ${phrases.join(" or ")}${[...owners].join("")}${but}.`;
}

/** What would satisfy a condition, as the object of "needs". */
function phrase(expression: Expression): string | null {
  if (expression.kind === "path") {
    const attribute = attributeName(expression);
    if (attribute !== null) return `the attribute "${attribute}"`;
    return expression.steps.at(-1)?.axis === "child" ? elementPhrase(expression) : null;
  }
  const name = attributeName(mentionedPath(expression));
  if (name === null) return null;
  const wanted = comparison(expression);
  if (wanted !== null) return `${name}="${wanted.value}"`;
  const start = expression.kind === "call" && expression.name === "starts-with" ? expression.args[1] : undefined;
  return start?.kind === "literal" ? `${name}="${start.value}…"` : null;
}

/** `<a x="1">text</a> in <b>` for the path `b/a[@x='1'][text()='text']`. */
function elementPhrase({ steps }: Path): string {
  const named = steps.filter((step) => step.axis === "child");
  const last = named.at(-1);
  const parent = named.at(-2);
  if (last === undefined) return "";
  let attributes = "";
  let text: string | null = null;
  for (const predicate of last.predicates) {
    if (predicate.kind === "path") attributes += ` ${attributeName(predicate)}="…"`;
    const pair = textPair(predicate);
    if (pair !== null) text = pair;
    const wanted = comparison(predicate);
    if (wanted !== null) attributes += ` ${wanted.name}="${wanted.value}"`;
  }
  const tag = text === null ? `<${last.name}${attributes}>` : `<${last.name}${attributes}>${text}</${last.name}>`;
  return parent === undefined ? tag : `${tag} in <${parent.name}>`;
}

/** The text that `text()='…'` and `contains(text(), '…')` ask for. */
function textPair(expression: Expression): string | null {
  const pair =
    expression.kind === "binary" && expression.operator === "="
      ? [expression.left, expression.right]
      : expression.kind === "call" && expression.name === "contains"
        ? expression.args
        : [];
  const [path, literal] = pair;
  if (path?.kind !== "path" || path.steps.at(-1)?.axis !== "text" || literal?.kind !== "literal") return null;
  return literal.value;
}

/** `@name = 'value'` and `@name != 'value'`. */
function comparison(expression: Expression): { name: string; value: string } | null {
  if (expression.kind !== "binary" || !/^!?=$/.test(expression.operator)) return null;
  const { left, right } = expression;
  const name = left.kind === "path" ? attributeName(left) : null;
  return name === null || right.kind !== "literal" ? null : { name, value: right.value };
}

/** `contains('value other', @name)`. */
function membership(expression: Expression): { path: Path; name: string; values: string[] } | null {
  if (expression.kind !== "call" || expression.name !== "contains") return null;
  const [list, path] = expression.args;
  if (list?.kind !== "literal" || path?.kind !== "path") return null;
  const name = attributeName(path);
  return name === null ? null : { path, name, values: list.value.split(/\s+/).filter((value) => value !== "") };
}

function negated(expression: Expression): Expression | null {
  return expression.kind === "call" && expression.name === "not" ? (expression.args[0] ?? null) : null;
}

function operands(expression: Expression): Expression[] {
  if (expression.kind !== "binary" || expression.operator !== "or") return [expression];
  return [...operands(expression.left), ...operands(expression.right)];
}

/** The attribute that a path leads to. */
function attributeName(expression: Expression | null | undefined): string | null {
  const last = expression?.kind === "path" ? expression.steps.at(-1) : undefined;
  return last?.axis === "attribute" ? last.name : null;
}

/** The path that a condition looks at. */
function mentionedPath(expression: Expression): Path | null {
  const first =
    expression.kind === "binary" ? expression.left : expression.kind === "call" ? expression.args[0] : undefined;
  return first?.kind === "path" ? first : null;
}

/** The attribute whose presence makes the rule apply. */
function presentAttribute({ conditions }: Place): string | null {
  const [only] = conditions;
  return only?.kind === "path" ? attributeName(only) : null;
}

/** The values, as they stand in the text, of the attributes that make the rule apply: ` image="oem"`. */
function valuesOfConditions(here: Place): string {
  return here.conditions
    .map((condition) => {
      const path = comparison(condition) === null ? membership(condition)?.path : mentionedPath(condition);
      const value = path === undefined || path === null ? null : valueAt(here, path);
      return value === null || path === undefined || path === null ? "" : ` ${attributeName(path)}="${value}"`;
    })
    .join("");
}

/** ` on <type>`, where a path leads to an attribute of an element above. */
function ownerOf({ element, view }: Place, path: Expression | null): string {
  if (path?.kind !== "path" || attributeName(path) === null) return "";
  const owner = ancestorBy(path.steps, element, view);
  return owner === null || owner === element ? "" : ` on <${owner.name}>`;
}

function valueAt({ element, view }: Place, path: Path): string | null {
  const name = attributeName(path);
  const owner = ancestorBy(path.steps, element, view);
  if (owner === null) return null;
  return view.attributes(owner).find((one) => one.namespace === "" && one.name === name)?.value ?? null;
}

function ancestorBy(steps: readonly Step[], element: XmlElement, view: View): XmlElement | null {
  let at: XmlElement | null = element;
  for (const { axis } of steps) if (axis === "parent" && at !== null) at = view.parent(at);
  return at;
}
