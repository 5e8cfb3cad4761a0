import type { Problem } from "#lib/contracts/problem.ts";
import type { Schema } from "#lib/kiwi/schema.ts";
import { removeAttributes, setAttribute } from "#lib/xml/edit/attributes.ts";
import {
  copyElement,
  insertChildren,
  type Place,
  removeElement,
  replaceText,
  swapElements,
} from "#lib/xml/edit/elements.ts";
import { applyEdits, type TextEdit } from "#lib/xml/edit/text-edit.ts";
import { attributeOf, childElements, type XmlElement } from "#lib/xml/tree.ts";
import { declarationOf, possibleElements } from "../context.ts";
import type { DocumentRequest, FileEdit } from "../contract.ts";
import { imageTypesFor, pathInType } from "../image-types.ts";
import type { Composition } from "../includes.ts";
import type { Reader } from "../reading.ts";
import { type ValidationTarget, validate } from "../validate.ts";
import { filled } from "./additions.ts";
import { childrenIn, elementAtPlace, type FormPlace } from "./element-place.ts";

/** A value of an attribute, or with `name` null of the element's text; null takes the attribute away. */
export interface NewFieldValue {
  name: string | null;
  value: string | null;
}

export type FormChange =
  /** With `fitting`, what does not apply to a newly chosen image type goes. */
  (
    | { kind: "set"; place: FormPlace; fields: readonly NewFieldValue[]; fitting?: boolean }
    /** A new child; `values` are those of its blanks. */
    | { kind: "add"; place: FormPlace; element: string; values: readonly string[] }
    | { kind: "remove" | "copy"; place: FormPlace }
    /** Past its neighbour of the same name. */
    | { kind: "move"; place: FormPlace; to: "up" | "down" }
  ) & {
    /** What the schema takes is done though KIWI would not build it yet. */
    anyway?: boolean;
  };

/** Edits, or why there are none, and what could be done instead. */
export type FormAnswer = { edits: FileEdit[] } | { refusal: string; instead?: { words: string; change: FormChange } };

/**
 * The edits that make a change, in the files that hold what is changed. A change after which KIWI would refuse more than
 * before is refused, with what KIWI would say.
 */
export function changeForm(
  target: ValidationTarget,
  read: Reader,
  request: DocumentRequest,
  change: FormChange,
): FormAnswer {
  const { schema } = target;
  const before = errorsOf(validate(target, read, request));
  const [composition] = read(request).contexts;
  const element = elementAtPlace(composition, change.place);
  if (element === null) return { refusal: "The text has changed meanwhile: try again." };
  const unfitting = schema !== null && change.kind === "set" ? unfittingIn(schema, element, change.fields) : [];
  const edits = editsOf(schema, composition, element, change, unfitting);
  if (typeof edits === "string") return { refusal: edits };
  // The trees of a reading are used up by the next one: what is said of them is said before.
  const names = unfitting.map(({ name }) => name);
  const error = newError(before, validate(target, read, changed(request, edits)));
  if (error === null || (change.anyway === true && error.layer === "runtime")) return { edits };
  const refusal = error.message;
  if (change.kind === "set" && change.fitting !== true && names.length > 0)
    return {
      refusal,
      instead: { words: `Change it and remove ${names.join(", ")}`, change: { ...change, fitting: true } },
    };
  if (error.layer !== "runtime") return { refusal };
  return { refusal, instead: { words: "Do it anyway", change: { ...change, anyway: true } } };
}

/** The request as it would be after the edits. */
function changed(request: DocumentRequest, edits: readonly FileEdit[]): DocumentRequest {
  const after = (path: string, text: string) =>
    applyEdits(
      text,
      edits.filter((edit) => edit.path === path),
    );
  return {
    ...request,
    text: after(request.path, request.text),
    read(path) {
      const text = request.read(path);
      return text === undefined ? undefined : after(path, text);
    },
  };
}

/** How often each error is there, wherever: lines and the like in messages do not tell errors apart. */
function errorsOf(problems: readonly Problem[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const problem of problems) {
    if (problem.severity !== "error") continue;
    const key = keyOf(problem);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

const keyOf = ({ file, code, message }: Problem) => JSON.stringify([file, code, message.replace(/\d+/g, "#")]);

/** An error that was not there before, rather one of the schema than one of KIWI's further checks; null = none. */
function newError(before: ReadonlyMap<string, number>, problems: readonly Problem[]): Problem | null {
  const after = errorsOf(problems);
  const found = problems.filter((problem) => {
    const key = keyOf(problem);
    return problem.severity === "error" && (after.get(key) ?? 0) > (before.get(key) ?? 0);
  });
  return found.find(({ layer }) => layer !== "runtime") ?? found[0] ?? null;
}

function editsOf(
  schema: Schema | null,
  composition: Composition,
  element: XmlElement,
  change: FormChange,
  unfitting: readonly Unfitting[],
): FileEdit[] | string {
  const document = composition.documentOf(element);
  const { path, text } = document;
  const inFile = (edits: readonly TextEdit[]): FileEdit[] =>
    edits.filter((edit) => text.slice(edit.start, edit.end) !== edit.text).map((edit) => ({ ...edit, path }));
  switch (change.kind) {
    case "set": {
      const gone = change.fitting === true ? unfitting : [];
      return inFile([
        ...fieldEdits(document, element, change.fields, gone),
        ...gone.flatMap((one) => (one.child === undefined ? [] : removeElement(document, one.child))),
      ]);
    }
    case "add":
      return schema === null
        ? "Without KIWI's schema nothing can be added here."
        : addition(schema, composition, element, change);
    case "remove":
      return element.parent === null
        ? "The description itself cannot be removed."
        : inFile(removeElement(document, element));
    case "copy": {
      const { parent } = element;
      return parent === null ? [] : inFile(copyElement(document, { ...element, parent }));
    }
    case "move": {
      const alike = childElements(element.parent ?? { children: [] }).filter(({ name }) => name === element.name);
      const at = alike.indexOf(element);
      const other = alike[change.to === "up" ? at - 1 : at + 1];
      if (other === undefined) return [];
      const [first, second] = change.to === "up" ? [other, element] : [element, other];
      return inFile(swapElements(document, first, second));
    }
  }
}

function fieldEdits(
  document: { text: string; root: XmlElement | null },
  element: XmlElement,
  fields: readonly NewFieldValue[],
  gone: readonly Unfitting[],
): TextEdit[] {
  const removed = [
    ...fields.filter(({ value }) => value === null).map(({ name }) => name),
    ...gone.flatMap(({ attribute }) => attribute ?? []),
  ];
  const attributes = element.attributes.filter(({ name }) => removed.includes(name));
  const edits = fields.flatMap(({ name, value }) => {
    if (value === null) return [];
    return name === null ? replaceText(document, element, value) : setAttribute(document, element, name, value);
  });
  return [...edits, ...(attributes.length > 0 ? removeAttributes(document, element, attributes) : [])];
}

/** The new element stands behind the last one of its name, else as far behind as the schema has it. */
function addition(
  schema: Schema,
  composition: Composition,
  parent: XmlElement,
  { element, values }: Extract<FormChange, { kind: "add" }>,
): FileEdit[] | string {
  const document = composition.documentOf(parent);
  const declaration = declarationOf(schema.grammar, parent);
  const siblings = childElements(parent);
  const last = siblings.findLastIndex(({ name }) => name === element);
  const ways = [...(last < 0 ? [] : [last + 1]), ...siblings.map((_, index) => siblings.length - index), 0];
  for (const at of ways) {
    // What comes from other files stands beside the children of the root, whose order is free.
    const isRoot = parent === composition.main.root;
    const [before, behind] = isRoot
      ? [childrenIn(composition, parent), []]
      : [siblings.slice(0, at), siblings.slice(at)];
    const candidates = declaration === null ? [] : possibleElements(schema.grammar, declaration, before, behind);
    const leaf = candidates.find(({ name }) => name === element)?.leaf;
    if (leaf?.kind !== "element") continue;
    const previous = siblings[at - 1];
    const place: Place = previous === undefined ? "first" : { after: previous };
    const added = filled(schema, leaf.declaration, values);
    return insertChildren(document, parent, [added], place).map((edit) => ({ ...edit, path: document.path }));
  }
  return `<${element}> has no place in <${parent.name}> beside what stands there.`;
}

/** An attribute or a child that does not apply to an image type. */
interface Unfitting {
  name: string;
  attribute?: string;
  child?: XmlElement;
}

/** What is in a `<type>` that does not apply to the image type that is chosen newly. */
function unfittingIn(schema: Schema, type: XmlElement, fields: readonly NewFieldValue[]): Unfitting[] {
  const image = fields.find(({ name }) => name === "image")?.value;
  const path = pathInType(type);
  if (path?.length !== 1 || typeof image !== "string" || attributeOf(type, "image")?.value === image) return [];
  const isOther = (types: readonly string[] | null) => types !== null && !types.includes(image);
  return [
    ...type.attributes
      .filter(({ name }) => isOther(imageTypesFor(schema, path, name)))
      .map(({ name }) => ({ name, attribute: name })),
    ...childElements(type)
      .filter(({ name }) => isOther(imageTypesFor(schema, [...path, name])))
      .map((child) => ({ name: `<${child.name}>`, child })),
  ];
}
