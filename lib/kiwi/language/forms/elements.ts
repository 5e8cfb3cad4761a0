import type { Severity } from "#lib/contracts/problem.ts";
import type { Schema } from "#lib/kiwi/schema.ts";
import { valueExpectation } from "#lib/relaxng/messages.ts";
import type { ElementDeclaration, Pattern } from "#lib/relaxng/pattern.ts";
import { textOf, type XmlAttribute, type XmlElement } from "#lib/xml/tree.ts";
import { declarationOf, possibleAttributes, possibleElements } from "../context.ts";
import type { DocumentRequest } from "../contract.ts";
import { defaultOf } from "../defaults.ts";
import type { Composition } from "../includes.ts";
import { documentationOf } from "../own-documentation.ts";
import type { Reader, Reading } from "../reading.ts";
import { type ValidationTarget, validate } from "../validate.ts";
import { attributeValues } from "../values.ts";
import { childrenIn, type FormPlace } from "./element-place.ts";

/** A description as a form: its elements with what can be filled in, as the schema has it. */

export interface FormProblem {
  severity: Severity;
  message: string;
}

/** What is known of something that has a value, whether it is written already or not. */
export interface FieldFacts {
  /** From the schema, as Markdown; "" where there is nothing. */
  documentation: string;
  /** Values to choose from. */
  values: readonly string[];
  /** No other values are allowed. */
  closed: boolean;
  /** What fits, as the end of "must be …"; "" where everything does. */
  expected: string;
}

/** An attribute of an element, or its text. */
export interface FormField extends FieldFacts {
  /** Name of the attribute; null = the text of the element. */
  name: string | null;
  value: string;
  required: boolean;
  problems: FormProblem[];
}

export interface FormElement extends FormPlace {
  /** The file that it stands in, and its lines there. */
  path: string;
  line: number;
  endLine: number;
  documentation: string;
  /** It has to be there. */
  required: boolean;
  /** There may be several of it. */
  repeats: boolean;
  /** The schema has something that could be added. */
  takesMore: boolean;
  /** It is its text, and can have nothing else. */
  plain: boolean;
  fields: FormField[];
  children: FormElement[];
  /** What is wrong with the element itself. */
  problems: FormProblem[];
}

/** The elements of a description, or why there is no form of it. */
export type DescriptionForm = { elements: FormElement } | { reason: string };

/** They have a form of their own, or none. */
const elsewhere: ReadonlySet<string> = new Set(["packages", "include"]);

export function descriptionForm(target: ValidationTarget, read: Reader, request: DocumentRequest): DescriptionForm {
  const problems = validate(target, read, request);
  const reading = read(request);
  const [composition] = reading.contexts;
  const { main, fragments } = composition;
  if (main.format !== "xml") return { reason: `${main.path} is no XML description: edit its text instead.` };
  for (const { path, errors, lines } of [main, ...fragments]) {
    const [first] = errors;
    if (first === undefined) continue;
    const { line } = lines.position(first.start);
    return { reason: `${path} is not well-formed, see line ${line}: mend its text first.` };
  }
  if (main.root?.name !== "image") return { reason: `${main.path} is no description: its root is not <image>.` };

  const form = new FormReader(target.schema, reading);
  const elements = form.element(main.root, []);
  for (const { file = request.path, line, column, severity, message } of problems) {
    const document = [main, ...fragments].find(({ path }) => path === file);
    if (document !== undefined) form.complain(file, document.lines.offset({ line, column }), { severity, message });
  }
  return { elements };
}

/** What is known of an attribute's values by its declaration. */
export function factsOf(
  { grammar }: Schema,
  leaf: Pattern & { kind: "attribute" },
  element: string,
  name: string,
): FieldFacts {
  const { value } = leaf.declaration;
  return { ...valueFacts(grammar, value), documentation: described(element, name, leaf.declaration) };
}

/** What is known of an element's text by its declaration; null where it holds none. */
export function textFacts({ grammar }: Schema, declaration: ElementDeclaration, name: string): FieldFacts | null {
  const model = grammar.contentOf(declaration);
  const pattern = model.text === null ? undefined : model.parts[model.text.part];
  if (pattern === undefined) return null;
  return { ...valueFacts(grammar, pattern), documentation: described(name, undefined, declaration) };
}

function valueFacts({ derive }: Schema["grammar"], pattern: Pattern): Omit<FieldFacts, "documentation"> {
  const leaves = derive.leaves(pattern);
  const { values, text } = valueExpectation(pattern, leaves);
  const closed = values.length > 0 && [...leaves].every((leaf) => leaf.kind === "data" && leaf.datatype.complete);
  // Regular expressions say nothing to most people, and the documentation mostly says the same.
  const speaks = !closed && pattern.kind !== "text" && text !== "any text" && !text.startsWith("text that matches");
  return { values, closed, expected: speaks ? text : "" };
}

/** The documentation in one line, with what counts where nothing is written. */
function described(element: string, attribute: string | undefined, declaration: { documentation: string | null }) {
  const otherwise = defaultOf(element, attribute);
  const text = documentationOf(declaration, element, attribute)?.replace(/\s+/g, " ").trim() ?? "";
  const sentence = text === "" || /[.!?:]$/.test(text) ? text : `${text}.`;
  return [sentence, otherwise === undefined ? "" : `Without it: ${otherwise}.`].filter(Boolean).join(" ");
}

interface Placed {
  form: FormElement;
  of: XmlElement;
}

class FormReader {
  readonly #schema: Schema | null;
  readonly #reading: Reading;
  readonly #placed: Placed[] = [];

  constructor(schema: Schema | null, reading: Reading) {
    this.#schema = schema;
    this.#reading = reading;
  }

  get #composition(): Composition {
    return this.#reading.contexts[0];
  }

  element(of: XmlElement, at: readonly number[]): FormElement {
    const { path, lines } = this.#composition.documentOf(of);
    const declaration = this.#schema && declarationOf(this.#schema.grammar, of);
    const children = childrenIn(this.#composition, of);
    const form: FormElement = {
      at,
      element: of.name,
      path,
      line: lines.position(of.start).line,
      endLine: lines.position(of.end).line,
      documentation: declaration === null ? "" : described(of.name, undefined, declaration),
      ...this.#place(of),
      takesMore: declaration !== null && this.#takesMore(of, declaration, children),
      plain: declaration !== null && this.#isPlain(declaration),
      fields: [...this.#text(of, declaration), ...this.#attributes(of, declaration)],
      children: [],
      problems: [],
    };
    this.#placed.push({ form, of });
    form.children = children.flatMap((child, index) =>
      elsewhere.has(child.name) ? [] : [this.element(child, [...at, index])],
    );
    return form;
  }

  /** What the schema says of an element in its place. */
  #place(of: XmlElement): Pick<FormElement, "required" | "repeats"> {
    const parent = this.#composition.view.parent(of);
    const declaration = this.#schema && parent && declarationOf(this.#schema.grammar, parent);
    if (this.#schema === null || parent === null || declaration === null)
      return { required: parent === null, repeats: parent !== null };
    const { grammar } = this.#schema;
    const siblings = childrenIn(this.#composition, parent);
    const at = siblings.indexOf(of);
    const [before, behind] = [siblings.slice(0, at), siblings.slice(at + 1)];
    const itself = ({ name }: { name: string }) => name === of.name;
    return {
      required: possibleElements(grammar, declaration, before, behind).some((one) => itself(one) && one.required),
      repeats: possibleElements(grammar, declaration, [...before, of], behind).some(itself),
    };
  }

  #takesMore(of: XmlElement, declaration: ElementDeclaration, children: readonly XmlElement[]): boolean {
    if (this.#schema === null) return false;
    const { grammar } = this.#schema;
    if (possibleAttributes(grammar, declaration, of.attributes).length > 0) return true;
    if (grammar.contentOf(declaration).elementLeaves.length === 0) return false;
    return [...children, null].some(
      (_, at) => possibleElements(grammar, declaration, children.slice(0, at), children.slice(at)).length > 0,
    );
  }

  #isPlain(declaration: ElementDeclaration): boolean {
    const model = this.#schema?.grammar.contentOf(declaration);
    return model?.text !== null && model?.attributeLeaves.length === 0 && model.elementLeaves.length === 0;
  }

  #attributes(of: XmlElement, declaration: ElementDeclaration | null): FormField[] {
    return of.attributes.map((attribute) => {
      const facts = this.#facts(of, attribute, declaration);
      const required =
        this.#schema !== null && declaration !== null && isRequired(this.#schema, declaration, of, attribute);
      return { ...facts, name: attribute.name, value: attribute.value, required, problems: [] };
    });
  }

  #facts(of: XmlElement, attribute: XmlAttribute, declaration: ElementDeclaration | null): FieldFacts {
    const schema = this.#schema;
    const leaf = declaration && schema?.grammar.contentOf(declaration).attributes(attribute)[0]?.leaf;
    if (schema === null || leaf?.kind !== "attribute") return unknown;
    const values = attributeValues(schema, of, attribute, this.#reading);
    return { ...factsOf(schema, leaf, of.name, attribute.name), values };
  }

  #text(of: XmlElement, declaration: ElementDeclaration | null): FormField[] {
    const written = textOf(of).trim();
    const facts = this.#schema && declaration && textFacts(this.#schema, declaration, of.name);
    if (facts === null && (written === "" || declaration !== null)) return [];
    return [{ ...(facts ?? unknown), name: null, value: written, required: true, problems: [] }];
  }

  /** Notes a problem at the innermost thing that holds the offset. */
  complain(path: string, offset: number, problem: FormProblem): void {
    const holders = this.#placed.filter(
      ({ form, of }) => form.path === path && of.start <= offset && offset < Math.max(of.end, of.start + 1),
    );
    const innermost = holders.at(-1);
    if (innermost === undefined) return;
    const { of, form } = innermost;
    const attribute = of.attributes.find((one) => one.start <= offset && offset < one.end);
    const isInText = of.form === "closed" && offset >= of.openEnd && offset < of.closeStart;
    const name = attribute?.name ?? (isInText ? null : undefined);
    const field = form.fields.find((one) => one.name === name);
    (field ?? form).problems.push(problem);
  }
}

const unknown: FieldFacts = { documentation: "", values: [], closed: false, expected: "" };

function isRequired(
  { grammar }: Schema,
  declaration: ElementDeclaration,
  { attributes }: XmlElement,
  attribute: XmlAttribute,
): boolean {
  const others = attributes.filter((one) => one !== attribute);
  return possibleAttributes(grammar, declaration, others).some((one) => one.required && one.name === attribute.name);
}
