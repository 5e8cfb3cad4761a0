import type { XmlAttribute } from "#lib/xml/tree.ts";

/** The names of a list, each with its range in the text; ranges are known only where the text is the value itself. */
export function listedNames(attribute: XmlAttribute): { name: string; start: number; end: number }[] {
  const literal = attribute.valueEnd - attribute.valueStart === attribute.value.length;
  let at = 0;
  return attribute.value.split(",").map((name) => {
    const start = at;
    at += name.length + 1;
    if (!literal) return { name, start: attribute.valueStart, end: attribute.valueEnd };
    return { name, start: attribute.valueStart + start, end: attribute.valueStart + start + name.length };
  });
}
