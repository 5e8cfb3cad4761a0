import type { View } from "#lib/relaxng/view.ts";
import type { XmlElement } from "#lib/xml/tree.ts";
import { type BinaryOperator, type Expression, parseXPath, type Step, XPathError } from "./xpath-parser.ts";

/** What XPath sees: an element, or the value of an attribute or a text node. */
type Node = { element: XmlElement } | { value: string };
type Value = Node[] | string | number | boolean;
type Evaluate = (node: XmlElement, view: View) => Value;

/** A condition on an element, ready to run. */
export type Condition = (element: XmlElement, view: View) => boolean;

/** Compiles a condition. Throws an XPathError where the expression goes beyond the subset. */
export function compileCondition(text: string): Condition {
  const evaluate = compile(parseXPath(text));
  return (element, view) => toBoolean(evaluate(element, view));
}

/** Which elements a rule is about: `name[…]` or `parent/name[…]`, several divided by `|`. */
export interface Matcher {
  /** Names of the elements that can match. */
  names: readonly string[];
  matches: Condition;
}

/** Compiles the context of a rule. Throws an XPathError. */
export function compileMatcher(text: string): Matcher {
  const paths = alternatives(parseXPath(text)).map((path) => {
    const steps = path.steps.map((step) => {
      if (step.axis !== "child") throw new XPathError(`The context ${JSON.stringify(text)} is not understood.`);
      return { name: step.name, predicates: step.predicates.map(compile) };
    });
    return steps.reverse();
  });
  return {
    names: paths.map((steps) => steps[0]?.name ?? "*"),
    matches: (element, view) =>
      paths.some((steps) => {
        let at: XmlElement | null = element;
        return steps.every(({ name, predicates }) => {
          const here = at;
          at = here === null ? null : view.parent(here);
          return here !== null && isNamed(here, name) && predicates.every((test) => toBoolean(test(here, view)));
        });
      }),
  };
}

function alternatives(expression: Expression): (Expression & { kind: "path" })[] {
  if (expression.kind === "path") return [expression];
  if (expression.kind === "binary" && expression.operator === "|") {
    return [...alternatives(expression.left), ...alternatives(expression.right)];
  }
  throw new XPathError("The context of a rule must be a path.");
}

function compile(expression: Expression): Evaluate {
  switch (expression.kind) {
    case "literal":
    case "number":
      return () => expression.value;
    case "path":
      return compilePath(expression.steps);
    case "call":
      return compileCall(expression.name, expression.args.map(compile));
    case "binary":
      return compileBinary(expression.operator, compile(expression.left), compile(expression.right));
  }
}

function compilePath(steps: readonly Step[]): Evaluate {
  const walks = steps.map(compileStep);
  return (element, view) => {
    let nodes: Node[] = [{ element }];
    for (const walk of walks) nodes = nodes.flatMap((node) => ("element" in node ? walk(node.element, view) : []));
    return nodes;
  };
}

function compileStep({ axis, name, predicates }: Step): (element: XmlElement, view: View) => Node[] {
  const tests = predicates.map(compile);
  return (element, view) => {
    const found = stepNodes(axis, name, element, view);
    if (tests.length === 0) return found;
    return found.filter((node) => "element" in node && tests.every((test) => toBoolean(test(node.element, view))));
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
  if (name === "not" && first !== undefined) return (element, view) => !toBoolean(first(element, view));
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

function compileBinary(operator: BinaryOperator, left: Evaluate, right: Evaluate): Evaluate {
  switch (operator) {
    case "or":
      return (element, view) => toBoolean(left(element, view)) || toBoolean(right(element, view));
    case "and":
      return (element, view) => toBoolean(left(element, view)) && toBoolean(right(element, view));
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
  return atoms(left).some((a) => atoms(right).some((b) => compareTwo(operator, a, b)));
}

function compareTwo(operator: BinaryOperator, a: string | number | boolean, b: string | number | boolean): boolean {
  const numeric = typeof a === "number" || typeof b === "number" || (operator !== "=" && operator !== "!=");
  const [x, y] = numeric ? [toNumber(a), toNumber(b)] : [a, b];
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
