import type { View } from "#lib/relaxng/view.ts";
import type { XmlAttribute, XmlElement } from "#lib/xml/tree.ts";
import { type BinaryOperator, type Expression, parseXPath, type Step, XPathError } from "./xpath-parser.ts";

/** What XPath sees: an element, or the value of an attribute or a text node. */
type Node = { element: XmlElement } | { value: string };
type Value = Node[] | string | number | boolean;
type Evaluate = (node: XmlElement, view: View) => Value;

/** A condition on an element, ready to run. */
export type Condition = (element: XmlElement, view: View) => boolean;

/** Compiles a condition. Throws an XPathError where the expression goes beyond the subset. */
export function compileCondition(text: string): Condition {
  return compileTest(parseXPath(text));
}

/** Which elements a rule is about: `name[…]` or `parent/name[…]`, several divided by `|`. */
export interface Matcher {
  /** Names of the elements that can match. */
  names: readonly string[];
  /** An attribute without which no element matches; null where no single one is needed. */
  attribute: string | null;
  matches: Condition;
}

interface ContextStep {
  name: string;
  predicates: readonly Condition[];
}

/** Compiles the context of a rule. Throws an XPathError. */
export function compileMatcher(text: string): Matcher {
  const alternativePaths = alternatives(parseXPath(text));
  const paths = alternativePaths.map((path) => {
    const steps = path.steps.map((step) => {
      if (step.axis !== "child") throw new XPathError(`The context ${JSON.stringify(text)} is not understood.`);
      return { name: step.name, predicates: step.predicates.map(compileTest) };
    });
    return steps.reverse();
  });
  const needed = new Set(alternativePaths.map(({ steps }) => neededAttribute(steps.at(-1)?.predicates ?? [])));
  return {
    names: paths.map((steps) => steps[0]?.name ?? "*"),
    attribute: needed.size === 1 ? ([...needed][0] ?? null) : null,
    matches(element, view) {
      for (const steps of paths) if (isAtEndOf(steps, element, view)) return true;
      return false;
    },
  };
}

/** Whether an element and those around it fit the steps of a path, the last one first. */
function isAtEndOf(steps: readonly ContextStep[], element: XmlElement, view: View): boolean {
  let at: XmlElement | null = element;
  for (const { name, predicates } of steps) {
    if (at === null || !isNamed(at, name)) return false;
    for (const test of predicates) if (!test(at, view)) return false;
    at = view.parent(at);
  }
  return true;
}

/** Whether an expression goes up and down again, to the inside of elements around. */
export function looksAside(expression: Expression): boolean {
  switch (expression.kind) {
    case "path": {
      const up = expression.steps.findIndex(({ axis }) => axis === "parent");
      const aside = up >= 0 && expression.steps.slice(up).some(({ axis }) => axis === "child" || axis === "text");
      return aside || expression.steps.some(({ predicates }) => predicates.some(looksAside));
    }
    case "call":
      return expression.args.some(looksAside);
    case "binary":
      return looksAside(expression.left) || looksAside(expression.right);
    default:
      return false;
  }
}

/** An attribute that must be there for all the predicates to hold. */
function neededAttribute(predicates: readonly Expression[]): string | null {
  for (const predicate of predicates) {
    // Nothing is equal, and nothing unequal, to an attribute that is not there.
    const sides =
      predicate.kind === "binary" && /[=<>]/.test(predicate.operator) ? [predicate.left, predicate.right] : [predicate];
    for (const side of sides) {
      const step = side.kind === "path" && side.steps.length === 1 ? side.steps[0] : undefined;
      if (step?.axis === "attribute" && step.name !== "*") return step.name;
    }
  }
  return null;
}

function alternatives(expression: Expression): (Expression & { kind: "path" })[] {
  if (expression.kind === "path") return [expression];
  if (expression.kind === "binary" && expression.operator === "|") {
    return [...alternatives(expression.left), ...alternatives(expression.right)];
  }
  throw new XPathError("The context of a rule must be a path.");
}

/** Compiles an expression of which only its truth counts. */
function compileTest(expression: Expression): Condition {
  if (expression.kind === "path") {
    const attribute = compileAttribute(expression);
    if (attribute !== null) return (element, view) => attribute(element, view) !== undefined;
  }
  if (expression.kind === "call" && expression.name === "not" && expression.args[0] !== undefined) {
    const test = compileTest(expression.args[0]);
    return (element, view) => !test(element, view);
  }
  if (expression.kind === "binary" && (expression.operator === "or" || expression.operator === "and")) {
    // The order of the two makes no difference but in time: a walk over children may be long.
    const [first, second] = [expression.left, expression.right]
      .sort((a, b) => Number(visitsChildren(a)) - Number(visitsChildren(b)))
      .map(compileTest) as [Condition, Condition];
    return expression.operator === "or"
      ? (element, view) => first(element, view) || second(element, view)
      : (element, view) => first(element, view) && second(element, view);
  }
  const evaluate = compile(expression);
  return (element, view) => toBoolean(evaluate(element, view));
}

function visitsChildren(expression: Expression): boolean {
  if (expression.kind === "path") return expression.steps.some(({ axis }) => axis === "child" || axis === "text");
  if (expression.kind === "call") return expression.args.some(visitsChildren);
  return expression.kind === "binary" && (visitsChildren(expression.left) || visitsChildren(expression.right));
}

/** The attribute that a path like `@a` or `../@a` leads to; null for other paths, which may lead to many nodes. */
function compileAttribute({ steps }: Expression & { kind: "path" }) {
  const ups = steps.length - 1;
  const last = steps[ups];
  if (last?.axis !== "attribute" || last.name === "*" || last.predicates.length > 0) return null;
  if (steps.slice(0, ups).some(({ axis, predicates }) => axis !== "parent" || predicates.length > 0)) return null;
  const { name } = last;
  return (element: XmlElement, view: View): XmlAttribute | undefined => {
    let at: XmlElement | null = element;
    for (let i = 0; i < ups && at !== null; i++) at = view.parent(at);
    return at === null ? undefined : attributeNamed(at, name, view);
  };
}

function attributeNamed(element: XmlElement, name: string, view: View): XmlAttribute | undefined {
  for (const one of view.attributes(element)) {
    if (one.name === name && one.namespace === "" && name !== "xmlns") return one;
  }
  return undefined;
}

function compile(expression: Expression): Evaluate {
  switch (expression.kind) {
    case "literal":
    case "number":
      return () => expression.value;
    case "path":
      return compilePath(expression);
    case "call":
      return expression.name === "not"
        ? compileTest(expression)
        : compileCall(expression.name, expression.args.map(compile));
    case "binary":
      if (expression.operator === "or" || expression.operator === "and") return compileTest(expression);
      return compileBinary(expression.operator, compile(expression.left), compile(expression.right));
  }
}

function compilePath(path: Expression & { kind: "path" }): Evaluate {
  const attribute = compileAttribute(path);
  if (attribute !== null) {
    return (element, view) => {
      const found = attribute(element, view);
      return found === undefined ? [] : [found];
    };
  }
  const walks = path.steps.map(compileStep);
  return (element, view) => {
    let nodes: Node[] = [{ element }];
    for (const walk of walks) nodes = nodes.flatMap((node) => ("element" in node ? walk(node.element, view) : []));
    return nodes;
  };
}

function compileStep({ axis, name, predicates }: Step): (element: XmlElement, view: View) => Node[] {
  const tests = predicates.map(compileTest);
  return (element, view) => {
    const found = stepNodes(axis, name, element, view);
    if (tests.length === 0) return found;
    return found.filter((node) => "element" in node && tests.every((test) => test(node.element, view)));
  };
}

function stepNodes(axis: Step["axis"], name: string, element: XmlElement, view: View): Node[] {
  switch (axis) {
    case "self":
      return [{ element }];
    case "parent": {
      const parent = view.parent(element);
      return parent === null ? [] : [{ element: parent }];
    }
    case "attribute":
      return view
        .attributes(element)
        .filter((one) => one.namespace === "" && one.name !== "xmlns" && (name === "*" || one.name === name));
    case "child":
      return view
        .children(element)
        .flatMap((child) => (child.kind === "element" && isNamed(child, name) ? [{ element: child }] : []));
    case "text":
      return textNodes(element, view);
  }
}

/** Text nodes as XPath counts them: neighbours are one node, and comments divide. */
function textNodes(element: XmlElement, view: View): Node[] {
  const runs: { value: string }[] = [];
  let open = false;
  for (const child of view.children(element)) {
    const isText = child.kind === "text" || child.kind === "cdata";
    const last = runs.at(-1);
    if (isText && open && last !== undefined) last.value += child.value;
    else if (isText) runs.push({ value: child.value });
    open = isText;
  }
  return runs;
}

function compileCall(name: string, args: readonly Evaluate[]): Evaluate {
  const text = (index: number, element: XmlElement, view: View) => {
    const argument = args[index];
    return argument === undefined ? "" : toText(argument(element, view), view);
  };
  const [first] = args;
  if (name === "count" && first !== undefined) {
    return (element, view) => {
      const value = first(element, view);
      return Array.isArray(value) ? value.length : Number.NaN;
    };
  }
  switch (name) {
    case "contains":
      return (element, view) => text(0, element, view).includes(text(1, element, view));
    case "starts-with":
      return (element, view) => text(0, element, view).startsWith(text(1, element, view));
    case "normalize-space":
      return (element, view) => text(0, element, view).trim().replace(/\s+/g, " ");
    case "string-length":
      return (element, view) => [...text(0, element, view)].length;
    case "true":
      return () => true;
    case "false":
      return () => false;
    default:
      throw new XPathError(`The function ${name}() is not understood.`);
  }
}

function compileBinary(operator: Exclude<BinaryOperator, "or" | "and">, left: Evaluate, right: Evaluate): Evaluate {
  switch (operator) {
    case "|":
      return (element, view) =>
        [left(element, view), right(element, view)].flatMap((value) => (Array.isArray(value) ? value : []));
    default:
      return (element, view) => compare(operator, left(element, view), right(element, view), view);
  }
}

/** Comparisons of XPath 1.0, section 3.4: a node set is equal where any of its nodes is; `<` and `>` compare numbers. */
function compare(operator: BinaryOperator, left: Value, right: Value, view: View): boolean {
  if (typeof left === "boolean" || typeof right === "boolean") {
    return compareTwo(operator, toBoolean(left), toBoolean(right));
  }
  const atoms = (value: Node[] | string | number) =>
    Array.isArray(value) ? value.map((node) => nodeText(node, view)) : [value];
  if (!Array.isArray(left) && !Array.isArray(right)) return compareTwo(operator, left, right);
  return atoms(left).some((a) => atoms(right).some((b) => compareTwo(operator, a, b)));
}

function compareTwo(operator: BinaryOperator, a: string | number | boolean, b: string | number | boolean): boolean {
  const numeric = typeof a === "number" || typeof b === "number" || (operator !== "=" && operator !== "!=");
  const x = numeric ? toNumber(a) : a;
  const y = numeric ? toNumber(b) : b;
  switch (operator) {
    case "=":
      return x === y;
    case "!=":
      return x !== y;
    case "<":
      return x < y;
    case "<=":
      return x <= y;
    case ">":
      return x > y;
    default:
      return x >= y;
  }
}

function isNamed(element: XmlElement, name: string): boolean {
  return name === "*" || (element.local === name && element.namespace === "");
}

function toBoolean(value: Value): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return typeof value === "number" ? value !== 0 && !Number.isNaN(value) : value !== "" && value !== false;
}

function toText(value: Value, view: View): string {
  if (!Array.isArray(value)) return String(value);
  const first = value[0];
  return first === undefined ? "" : nodeText(first, view);
}

function nodeText(node: Node, view: View): string {
  if (!("element" in node)) return node.value;
  let text = "";
  const pending: XmlElement["children"] = [...view.children(node.element)].reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.kind === "text" || next.kind === "cdata") text += next.value;
    else if (next.kind === "element") pending.push(...[...view.children(next)].reverse());
  }
  return text;
}

/** Numbers as XPath writes them; anything else is not a number. */
function toNumber(value: string | number | boolean): number {
  if (typeof value !== "string") return Number(value);
  const text = value.trim();
  return /^-?(?:\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
}
