import { type DataFormat, readData as dataOf } from "#lib/kiwi/formats/read.ts";
import { treeOf } from "#lib/kiwi/formats/tree.ts";
import { childElements, textOf, type XmlElement } from "#lib/xml/tree.ts";
import { type Element, limits, lineAt, type ReadResult } from "./element.ts";

/** Reads a whole description in another format than XML, by the mapping that KIWI uses. */
export function readData(text: string, format: DataFormat): ReadResult {
  const { root, errors } = treeOf(text, dataOf(text, format), format);
  const [mistake] = errors;
  if (mistake) return { error: { message: mistake.message, line: lineAt(text, mistake.start) } };
  if (!root) return { error: { message: "The file holds no description.", line: 1 } };
  return limited(root, 0) ?? { root: elementOf(root) };
}

function elementOf(element: XmlElement): Element {
  return {
    name: element.name,
    attributes: new Map(element.attributes.map(({ name, value }) => [name, value])),
    children: childElements(element).map(elementOf),
    text: textOf(element).trim(),
  };
}

function limited(element: XmlElement, depth: number): ReadResult | null {
  if (depth > limits.depth) {
    return { error: { message: `The description is nested deeper than ${limits.depth} levels.` } };
  }
  for (const child of childElements(element)) {
    const problem = limited(child, depth + 1);
    if (problem !== null) return problem;
  }
  return null;
}
