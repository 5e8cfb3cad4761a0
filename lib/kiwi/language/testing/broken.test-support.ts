import type { Schema } from "#lib/kiwi/schema.ts";
import { valueExpectation } from "#lib/relaxng/messages.ts";
import { listedNames } from "#lib/relaxng/name-class.ts";
import type { ElementDeclaration } from "#lib/relaxng/pattern.ts";
import { takesText } from "#lib/relaxng/takes-text.ts";
import type { WrittenRule } from "#lib/schematron/wording.ts";
import type { Expression, Step } from "#lib/schematron/xpath-parser.ts";
import { type NewElement, writeElement } from "#lib/xml/edit/write.ts";
import { newElement } from "../fixes/new-content.ts";

/** A new element that a test changes. */
export interface Draft {
  name: string;
  attributes: Map<string, string>;
  children: Draft[];
  text: string | undefined;
}

export function draftOf({ name, attributes = [], children = [], text }: NewElement): Draft {
  return { name, attributes: new Map(attributes), children: children.map(draftOf), text };
}

export function writeDraft(draft: Draft): string {
  const plain = (one: Draft): NewElement => ({
    name: one.name,
    attributes: [...one.attributes],
    children: one.children.map(plain),
    ...(one.text === undefined ? {} : { text: one.text }),
  });
  return `${writeElement(plain(draft), "", "  ", "\n")}\n`;
}

export const nameOf = (declaration: ElementDeclaration): string => listedNames(declaration.nameClass)?.[0]?.local ?? "";

/** The elements from the root down to each element that the schema knows, the shortest way. */
export function pathsOf({ grammar }: Schema): Map<ElementDeclaration, ElementDeclaration[]> {
  const root = grammar.rootDeclaration({ namespace: "", local: "image" });
  const paths = new Map<ElementDeclaration, ElementDeclaration[]>();
  if (root === null) return paths;
  paths.set(root, [root]);
  for (const [declaration, path] of paths) {
    for (const { leaf } of grammar.contentOf(declaration).elementLeaves) {
      if (leaf.kind !== "element" || paths.has(leaf.declaration) || nameOf(leaf.declaration) === "") continue;
      // What an include brings is not there, and an extension is not ours.
      if (["include", "extension"].includes(nameOf(leaf.declaration))) continue;
      paths.set(leaf.declaration, [...path, leaf.declaration]);
    }
  }
  return paths;
}

/** A sound description with one element in it, all that is required around it included, and that element. */
export function descriptionWith({ grammar, version }: Schema, path: readonly ElementDeclaration[]): [Draft, Draft] {
  const [first, ...rest] = path as [ElementDeclaration, ...ElementDeclaration[]];
  const root = draftOf(newElement(grammar, first));
  root.attributes.set("schemaversion", version ?? "");
  let at = root;
  for (const declaration of rest) {
    let child = at.children.find(({ name }) => name === nameOf(declaration));
    if (child === undefined) {
      child = draftOf(newElement(grammar, declaration));
      at.children.push(child);
      if (at.children.length > 0) at.text = undefined;
    }
    at = child;
  }
  return [root, at];
}

const uuid = "00000000-0000-0000-0000-000000000000";

/** Something in a description that a rule looks at, and what it could be. */
interface Variable {
  set(root: Draft, path: readonly Draft[], value: string | undefined): void;
  values: readonly (string | undefined)[];
}

/** A rule that counts is broken by more than any other. */
function twoRepositories(schema: Schema): string {
  const { grammar } = schema;
  const image = grammar.rootDeclaration({ namespace: "", local: "image" });
  const repository = grammar.onlyDeclaration({ namespace: "", local: "repository" });
  if (image === null || repository === null) return "";
  const [root] = descriptionWith(schema, [image]);
  const made = () => draftOf(newElement(grammar, repository));
  root.children.push(made(), made());
  for (const one of root.children.slice(-2)) one.attributes.set("use_for_bootstrap", "true").set("type", "apt-deb");
  return writeDraft(root);
}

/** Descriptions among which are some that break a rule: everything that it looks at, in all its values. */
export function* candidatesToBreak(schema: Schema, rules: readonly WrittenRule[], index: number): Generator<string> {
  const { context, test } = rules[index] as WrittenRule;
  if (context.kind !== "path") return;
  yield twoRepositories(schema);
  const steps = context.steps;
  const name = steps.at(-1)?.name ?? "";
  const paths = [...pathsOf(schema)].filter(([declaration]) => nameOf(declaration) === name);
  for (const [, path] of paths) {
    const parentName = steps.at(-2)?.name;
    const parent = path.at(-2);
    if (parentName !== undefined && (parent === undefined || nameOf(parent) !== parentName)) continue;
    // An earlier rule of the pattern may take the element away from this one.
    const earlier = rules.slice(0, index).flatMap((rule) => (rule.context.kind === "path" ? rule.context.steps : []));
    const variables = [...mentioned(schema, path, [...earlier, ...steps], test)];
    yield* combine(schema, path, variables, []);
  }
}

function* combine(
  schema: Schema,
  path: readonly ElementDeclaration[],
  [variable, ...others]: readonly Variable[],
  chosen: readonly [Variable, string | undefined][],
): Generator<string> {
  if (variable !== undefined) {
    for (const value of variable.values) yield* combine(schema, path, others, [...chosen, [variable, value]]);
    return;
  }
  const [root] = descriptionWith(schema, path);
  const drafts = [root];
  for (const declaration of path.slice(1)) {
    const next = drafts.at(-1)?.children.find((child) => child.name === nameOf(declaration));
    if (next !== undefined) drafts.push(next);
  }
  for (const [one, value] of chosen) one.set(root, drafts, value);
  yield writeDraft(root);
}

function* mentioned(
  { grammar }: Schema,
  path: readonly ElementDeclaration[],
  steps: readonly Step[],
  test: Expression,
): Generator<Variable> {
  const seen = new Set<string>();
  const own = path.at(-1);
  for (const [expression, up] of [
    ...steps.flatMap(({ predicates, name }) =>
      predicates.map((one) => [one, own !== undefined && name === nameOf(own) ? 0 : 1] as const),
    ),
    [test, 0] as const,
  ]) {
    for (const found of pathsIn(expression)) {
      const parents = found.filter(({ axis }) => axis === "parent").length + up;
      const last = found.at(-1);
      if (last === undefined || found.some(({ axis }) => axis === "child")) continue;
      const key = `${parents} ${last.axis} ${last.name}`;
      const declaration = path.at(-1 - parents);
      if (seen.has(key) || declaration === undefined) continue;
      seen.add(key);
      if (last.axis === "text") {
        yield {
          values: ["1", "5"],
          set(_, drafts, value) {
            const draft = drafts.at(-1 - parents);
            if (draft !== undefined) draft.text = value;
          },
        };
      } else if (last.axis === "attribute") {
        const leaf = grammar.contentOf(declaration).attributes({ namespace: "", local: last.name })[0]?.leaf;
        const pattern = leaf?.kind === "attribute" ? leaf.declaration.value : grammar.patterns.text;
        const { values } = valueExpectation(pattern, grammar.derive.leaves(pattern));
        const written = [
          ...literalsIn(test),
          ...steps.flatMap(({ predicates }) => predicates.flatMap((one) => [...literalsIn(one)])),
        ];
        const literals = written.flatMap((literal) => literal.split(" "));
        const fitting = [...values, ...literals, "3", "x", "1.0.0.0", "a:b", "2048", uuid].filter((value) =>
          takesText(pattern, value),
        );
        yield {
          values: [undefined, ...new Set(fitting)],
          set(_, drafts, value) {
            const draft = drafts.at(-1 - parents);
            if (value !== undefined) draft?.attributes.set(last.name, value);
          },
        };
      }
    }
  }
}

function* pathsIn(expression: Expression): Generator<readonly Step[]> {
  if (expression.kind === "path") yield expression.steps;
  else if (expression.kind === "call") for (const one of expression.args) yield* pathsIn(one);
  else if (expression.kind === "binary") {
    yield* pathsIn(expression.left);
    yield* pathsIn(expression.right);
  }
}

function* literalsIn(expression: Expression): Generator<string> {
  if (expression.kind === "literal") yield expression.value;
  else if (expression.kind === "call") for (const one of expression.args) yield* literalsIn(one);
  else if (expression.kind === "binary") {
    yield* literalsIn(expression.left);
    yield* literalsIn(expression.right);
  }
}
