import type { Schema } from "#lib/kiwi/schema.ts";
import { valueExpectation } from "#lib/relaxng/messages.ts";
import type { Pattern } from "#lib/relaxng/pattern.ts";
import { writeElement } from "#lib/xml/edit/write.ts";
import { parseXml } from "#lib/xml/parse.ts";
import { elementsOf, type XmlAttribute, type XmlElement } from "#lib/xml/tree.ts";
import type { CompletionItem } from "./contract.ts";
import { newElement, newValue } from "./fixes/new-content.ts";
import { otherImageTypes } from "./image-types.ts";
import type { Composition } from "./includes.ts";

/** More values than this of one attribute are not tried. */
const maxValues = 12;

type Objection = Pick<CompletionItem, "onlyFor" | "objection">;

/** What the schema's rules say against something that is not written yet; nothing in it where they take it. */
export interface Objections {
  /** Whichever value the attribute gets. */
  toAttribute(name: string, leaf: Pattern & { kind: "attribute" }): Objection;
  /** With all that must be in the child, whichever value one of its attributes gets. */
  toChild(name: string, leaf: Pattern & { kind: "element" }): Objection;
}

/**
 * Asks the rules about what could be written in an element, by writing it into a copy: what counts is what they say
 * then and do not say of the element as it is.
 */
export function objectionsIn(schema: Schema, element: XmlElement, { main, view }: Composition): Objections {
  const { grammar, brokenRules } = schema;
  // The children of the root may stand in several files.
  const owner = element.parent === null ? (main.root ?? element) : element;
  const known = new Set(brokenRules(owner, view).map(({ code }) => code));
  const newIn = (elements: Iterable<XmlElement>) => {
    for (const one of elements) {
      for (const { code, message } of brokenRules(one, view)) if (!known.has(code)) return message;
    }
    return undefined;
  };

  /** What is said of all ways to write something: of the first of them. */
  function toEach(ways: Iterable<readonly XmlElement[]>): string | undefined {
    let first: string | undefined;
    for (const way of ways) {
      const objection = newIn(way);
      if (objection === undefined) return undefined;
      first ??= objection;
    }
    return first;
  }

  function valuesOf(name: string, { declaration }: Pattern & { kind: "attribute" }): readonly string[] {
    const { values } = valueExpectation(declaration.value, grammar.derive.leaves(declaration.value));
    return values.length > 0 ? values.slice(0, maxValues) : [newValue(grammar, name, declaration)];
  }

  function* withAttribute(name: string, leaf: Pattern & { kind: "attribute" }) {
    for (const value of valuesOf(owner.name, leaf)) yield [withValue(owner, name, value)];
  }

  function* withChild(name: string, { declaration }: Pattern & { kind: "element" }) {
    const { root } = parseXml(writeElement(newElement(grammar, declaration), "", "", "\n"));
    if (root === null) return;
    const put = (child: XmlElement) => {
      child.parent = { ...owner, children: [...view.children(owner), child] };
      return [child.parent, ...elementsOf([child])];
    };
    yield put(root);
    for (const attribute of root.attributes) {
      const leaf = grammar.contentOf(declaration).attributes(attribute)[0]?.leaf;
      if (leaf?.kind !== "attribute") continue;
      for (const value of valuesOf(name, leaf)) yield put(withValue(root, attribute.name, value));
    }
  }

  function inWords(objection: string | undefined, place: { child?: string; attribute?: string }): Objection {
    if (objection === undefined) return {};
    const onlyFor = otherImageTypes(schema, owner, place);
    return onlyFor === undefined ? { objection } : { onlyFor };
  }
  return {
    toAttribute: (name, leaf) => inWords(toEach(withAttribute(name, leaf)), { attribute: name }),
    toChild: (name, leaf) => inWords(toEach(withChild(name, leaf)), { child: name }),
  };
}

/** A copy of an element that has an attribute with that value. */
function withValue(element: XmlElement, name: string, value: string): XmlElement {
  const nowhere = { start: 0, nameEnd: 0, valueStart: 0, valueEnd: 0, end: 0 };
  const attribute: XmlAttribute = { name, local: name, namespace: "", value, complete: true, ...nowhere };
  return { ...element, attributes: [...element.attributes.filter((one) => one.name !== name), attribute] };
}
