import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseXml } from "../parse.ts";
import { childElements, elementsOf, textOf, type XmlDocument, type XmlElement } from "../tree.ts";
import { removeAttributes, renameAttribute, setAttribute } from "./attributes.ts";
import {
  insertChildren,
  moveElements,
  removeElement,
  renameElement,
  replaceText,
  unwrapElement,
  wrapElement,
} from "./elements.ts";
import { applyEdits, inTextOrder, type TextEdit } from "./text-edit.ts";

/** What an edit is to mean: the tree as data, to be changed in the same way. */
interface Model {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: Model[];
}

const modelOf = (element: XmlElement): Model => ({
  name: element.name,
  attributes: Object.fromEntries(element.attributes.map(({ name, value }) => [name, value])),
  text: textOf(element).replace(/\s+/g, ""),
  children: childElements(element).map(modelOf),
});

const odd = [
  "<a/>",
  "<a>\n</a>",
  '<a x="1"   y=\'2\'\n   z="3"><b/><b/></a>',
  '<a\n  x="1"\n  y="2"\n>\n\t<b/> <!-- first -->\n\t<!-- second --><c k="v" >text <!-- in --> more</c>\n</a>\n',
  "<a>text<b>\n  deep</b>tail</a>",
  '<?xml version="1.0"?>\n<!-- top -->\n<a>\n    <b>\n        <c><![CDATA[\n  raw\n]]></c>\n        <d v="two\n  lines"/>\n    </b><e/>\n</a>',
  '\uFEFF<a>\r\n  <b>\r\n    <c/>\r\n  </b>\r\n  <d x="&quot;&amp;"></d>\r\n</a>\r\n',
];
const corpus = join(import.meta.dirname, "../../../../shared/corpus");
const real = globSync("**/*.{xml,kiwi}", { cwd: corpus })
  .sort()
  .map((path) => readFileSync(join(corpus, path), "utf8"));
const texts = [...odd, ...real].filter((text) => parseXml(text).errors.length === 0 && parseXml(text).root !== null);

interface Case {
  document: XmlDocument;
  element: XmlElement;
  other: XmlElement;
  model: Model;
  /** The element's and the other's counterparts in the model. */
  of: (element: XmlElement) => Model;
}

/** A way to change a document, and what it is to mean; false where it cannot be done here. */
const changes: Record<string, (one: Case) => TextEdit[] | false> = {
  "set an attribute": ({ document, element, of }) => {
    const name = element.attributes[0]?.name ?? "new";
    of(element).attributes[name] = "a \"b\" <c> & 'd'";
    return setAttribute(document, element, name, "a \"b\" <c> & 'd'");
  },
  "add an attribute": ({ document, element, of }) => {
    of(element).attributes["added"] = "yes";
    return setAttribute(document, element, "added", "yes");
  },
  "remove an attribute": ({ document, element, other, of }) => {
    const attribute = element.attributes[other.start % Math.max(1, element.attributes.length)];
    if (attribute === undefined) return false;
    delete of(element).attributes[attribute.name];
    return removeAttributes(document, element, [attribute]);
  },
  "remove some attributes": ({ document, element, other, of }) => {
    const gone = element.attributes.filter((_, index) => (other.start >> index) % 2 === 0);
    for (const { name } of gone) delete of(element).attributes[name];
    return removeAttributes(document, element, gone);
  },
  "rename an attribute": ({ element, of }) => {
    const attribute = element.attributes.at(-1);
    if (attribute === undefined) return false;
    const { [attribute.name]: value, ...rest } = of(element).attributes;
    of(element).attributes = { ...rest, renamed: value ?? "" };
    return renameAttribute(attribute, "renamed");
  },
  "insert at the end": ({ document, element, of }) => {
    const added = { name: "new", attributes: [["k", "v"]] as const, children: [{ name: "inner", text: "x < y" }] };
    const inner = { name: "inner", attributes: {}, text: "x<y", children: [] };
    of(element).children.push({ name: "new", attributes: { k: "v" }, text: "", children: [inner] });
    return insertChildren(document, element, [added]);
  },
  "insert at the start": ({ document, element, of }) => {
    of(element).children.unshift({ name: "new", attributes: {}, text: "", children: [] });
    return insertChildren(document, element, [{ name: "new" }], "first");
  },
  "insert before": ({ document, element, of }) => {
    const { parent } = element;
    if (parent === null) return false;
    const siblings = of(parent).children;
    siblings.splice(siblings.indexOf(of(element)), 0, { name: "new", attributes: {}, text: "", children: [] });
    return insertChildren(document, parent, [{ name: "new" }], { before: element });
  },
  "insert after": ({ document, element, of }) => {
    const { parent } = element;
    if (parent === null) return false;
    const siblings = of(parent).children;
    siblings.splice(siblings.indexOf(of(element)) + 1, 0, { name: "new", attributes: {}, text: "", children: [] });
    return insertChildren(document, parent, [{ name: "new" }], { after: element });
  },
  "remove an element": ({ document, element, of }) => {
    if (element.parent === null) return false;
    const siblings = of(element.parent).children;
    siblings.splice(siblings.indexOf(of(element)), 1);
    return removeElement(document, element);
  },
  "rename an element": ({ document, element, of }) => {
    of(element).name = "renamed";
    return renameElement(document, element, "renamed");
  },
  "wrap an element": ({ document, element, of }) => {
    const inner = { ...of(element) };
    Object.assign(of(element), { name: "wrap", attributes: { k: "v" }, text: "", children: [inner] });
    return wrapElement(document, element, { name: "wrap", attributes: [["k", "v"]] });
  },
  "unwrap an element": ({ document, element, of }) => {
    if (element.parent === null) return false;
    const parent = of(element.parent);
    parent.children.splice(parent.children.indexOf(of(element)), 1, ...of(element).children);
    const words = textOf(element).replace(/\s+/g, "");
    if (words !== "") return false;
    return unwrapElement(document, element);
  },
  "replace text": ({ document, element, of }) => {
    if (childElements(element).length > 0) return false;
    of(element).text = "a<b&c]]>d";
    return replaceText(document, element, "a<b&c]]>d");
  },
  "move an element": ({ document, element, other, of }) => {
    if (element.parent === null) return false;
    for (let at: XmlElement | null = other; at !== null; at = at.parent) if (at === element) return false;
    const siblings = of(element.parent).children;
    siblings.splice(siblings.indexOf(of(element)), 1);
    of(other).children.push(of(element));
    const { source, target } = moveElements(document, [element], document, other);
    try {
      return inTextOrder([...source, ...target]);
    } catch {
      // The new place lies inside the lines that go: the caller must do it in two steps.
      return false;
    }
  },
};

describe("every change means what it says, and leaves every other byte alone", () => {
  test.each(Object.entries(changes))("%s", (name, change) => {
    let made = 0;
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), (which, one, two) => {
        const text = texts[which % texts.length] as string;
        const document = parseXml(text);
        const elements = [...elementsOf(document.children)];
        const element = elements[one % elements.length] as XmlElement;
        const other = elements[two % elements.length] as XmlElement;
        const model = modelOf(document.root as XmlElement);
        const models: Model[] = [];
        const collect = (node: Model) => {
          models.push(node);
          node.children.forEach(collect);
        };
        collect(model);
        const of = (wanted: XmlElement) => models[elements.indexOf(wanted)] as Model;
        const edits = change({ document, element, other, model, of });
        if (edits === false) return;
        made++;
        const after = parseXml(applyEdits(text, edits));
        expect(after.errors).toEqual([]);
        expect(modelOf(after.root as XmlElement)).toEqual(model);
        const comments = (one: XmlDocument) => one.text.match(/<!--[^]*?-->/g)?.length ?? 0;
        if (name !== "remove an element") expect(comments(after)).toBe(comments(document));
        const lineEnds = (all: string) => new Set(all.match(/\r\n|\n|\r/g) ?? []);
        if (lineEnds(text).size === 1) expect(lineEnds(text)).toEqual(lineEnds(text + after.text));
      }),
      { numRuns: 300, seed: 1 },
    );
    expect(made).toBeGreaterThan(20);
  });
});

/** One change of a small text, shown as the text after it. */
function after(text: string, name: string, change: (document: XmlDocument, element: XmlElement) => TextEdit[]) {
  const document = parseXml(text);
  const element = [...elementsOf(document.children)].find((one) => one.name === name);
  if (element === undefined) throw new Error(`no <${name}>`);
  return applyEdits(text, change(document, element));
}

describe("the text looks as its author would have written it", () => {
  test.each<[string, string, string, (document: XmlDocument, element: XmlElement) => TextEdit[], string]>([
    [
      "a child in an element without any",
      "<a>\n  <b/>\n</a>",
      "b",
      (document, b) => insertChildren(document, b, [{ name: "c" }]),
      "<a>\n  <b>\n    <c/>\n  </b>\n</a>",
    ],
    [
      "a child behind the remark of the last one",
      "<a>\n\t<b/> <!-- why -->\n</a>",
      "a",
      (document, a) => insertChildren(document, a, [{ name: "c", text: "x" }]),
      "<a>\n\t<b/> <!-- why -->\n\t<c>x</c>\n</a>",
    ],
    [
      "a child among children in one line",
      "<a><b/></a>",
      "a",
      (document, a) => insertChildren(document, a, [{ name: "c" }]),
      "<a><b/><c/></a>",
    ],
    [
      "an attribute among attributes in lines of their own",
      '<a\n    x="1"\n    y="2"/>',
      "a",
      (document, a) => setAttribute(document, a, "z", "3"),
      '<a\n    x="1"\n    y="2"\n    z="3"/>',
    ],
    [
      "without the first of attributes in lines of their own",
      '<a x="1"\n   y="2"/>',
      "a",
      (document, a) => removeAttributes(document, a, a.attributes.slice(0, 1)),
      '<a y="2"/>',
    ],
    [
      "without an element that has its line for itself",
      "<a>\r\n  <b/>\r\n  <c/>\r\n</a>",
      "b",
      removeElement,
      "<a>\r\n  <c/>\r\n</a>",
    ],
    ["without an element at the end of a line", "<a><b/> <c/>\n</a>", "c", removeElement, "<a><b/>\n</a>"],
    [
      "with an element around",
      "<a>\n  <b>\n    <c/>\n  </b>\n</a>",
      "b",
      (document, b) => wrapElement(document, b, { name: "w" }),
      "<a>\n  <w>\n    <b>\n      <c/>\n    </b>\n  </w>\n</a>",
    ],
    [
      "moved, with the indentation of the new place",
      "<a>\n  <b>\n    <c\n      x='1'/>\n  </b>\n  <d/>\n</a>",
      "c",
      (document, c) => {
        const { source, target } = moveElements(document, [c], document, document.root as XmlElement);
        return [...source, ...target];
      },
      "<a>\n  <b>\n  </b>\n  <d/>\n  <c\n    x='1'/>\n</a>",
    ],
  ])("%s", (_, text, name, change, expected) => {
    expect(after(text, name, change)).toBe(expected);
  });
});
