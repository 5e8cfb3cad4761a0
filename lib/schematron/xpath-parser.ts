/**
 * The part of XPath 1.0 that Schematron rules of descriptions use: relative paths of child, attribute and parent steps
 * and text(), predicates that are conditions, comparisons, and/or, and a few functions.
 */
export type Expression =
  | { kind: "literal"; value: string }
  | { kind: "number"; value: number }
  | { kind: "path"; steps: readonly Step[] }
  | { kind: "call"; name: string; args: readonly Expression[] }
  | { kind: "binary"; operator: BinaryOperator; left: Expression; right: Expression };

export type BinaryOperator = "or" | "and" | "=" | "!=" | "<" | "<=" | ">" | ">=" | "|";

export interface Step {
  axis: "child" | "attribute" | "parent" | "self" | "text";
  /** Name to match; "*" = any. */
  name: string;
  predicates: readonly Expression[];
}

/** An expression uses something that this subset lacks. */
export class XPathError extends Error {
  override name = "XPathError";
}

const tokenPattern =
  /\s*(?:("[^"]*"|'[^']*')|(\d+(?:\.\d*)?|\.\d+)|([\p{L}_][\p{L}\p{N}_.-]*)|(\.\.|!=|<=|>=|[()[\],@.|*/=<>]))/uy;

/** The binary operators, loosest first. */
const levels: readonly (readonly BinaryOperator[])[] = [["or"], ["and"], ["=", "!="], ["<", "<=", ">", ">="], ["|"]];

/** Throws an XPathError. */
export function parseXPath(text: string): Expression {
  const tokens = tokenize(text);
  let at = 0;
  const fail = (): never => {
    throw new XPathError(`The expression ${JSON.stringify(text)} is not understood.`);
  };
  const take = (token: string) => tokens[at] === token && ++at > 0;
  const expect = (token: string) => take(token) || fail();

  function binary(level: number): Expression {
    const operators = levels[level];
    if (operators === undefined) return primary();
    let left = binary(level + 1);
    for (;;) {
      const operator = operators.find((one) => one === tokens[at]);
      if (operator === undefined) return left;
      at++;
      left = { kind: "binary", operator, left, right: binary(level + 1) };
    }
  }

  function primary(): Expression {
    const token = tokens[at] ?? fail();
    if (/^["']/.test(token)) {
      at++;
      return { kind: "literal", value: token.slice(1, -1) };
    }
    if (/^\.?\d/.test(token)) {
      at++;
      return { kind: "number", value: Number(token) };
    }
    if (take("(")) {
      const inner = binary(0);
      expect(")");
      return inner;
    }
    if (tokens[at + 1] === "(" && token !== "text") return call();
    return path();
  }

  function call(): Expression {
    const name = tokens[at] as string;
    at += 2;
    const args: Expression[] = [];
    while (!take(")")) {
      if (args.length > 0) expect(",");
      args.push(binary(0));
    }
    return { kind: "call", name, args };
  }

  function path(): Expression {
    const steps = [step()];
    while (take("/")) steps.push(step());
    return { kind: "path", steps };
  }

  function step(): Step {
    if (take("..")) return { axis: "parent", name: "*", predicates: [] };
    if (take(".")) return { axis: "self", name: "*", predicates: [] };
    const axis = take("@") ? "attribute" : "child";
    const name = tokens[at++] ?? fail();
    if (!/^[\p{L}_*]/u.test(name)) fail();
    if (name === "text" && take("(")) {
      expect(")");
      return { axis: "text", name: "*", predicates: predicates() };
    }
    return { axis, name, predicates: predicates() };
  }

  function predicates(): Expression[] {
    const found: Expression[] = [];
    while (take("[")) {
      const predicate = binary(0);
      if (predicate.kind === "number") fail();
      found.push(predicate);
      expect("]");
    }
    return found;
  }

  const expression = binary(0);
  return at === tokens.length ? expression : fail();
}

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  tokenPattern.lastIndex = 0;
  let done = 0;
  while (done < text.trimEnd().length) {
    tokenPattern.lastIndex = done;
    const match = tokenPattern.exec(text);
    if (match === null) throw new XPathError(`The expression ${JSON.stringify(text)} is not understood.`);
    tokens.push(match[1] ?? match[2] ?? match[3] ?? match[4] ?? "");
    done = tokenPattern.lastIndex;
  }
  return tokens;
}
