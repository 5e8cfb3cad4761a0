import type { Problem } from "#lib/contracts/problem.ts";
import type { CompletionItem } from "#lib/kiwi/language/index.ts";
import { requestFor } from "#lib/kiwi/language/testing/marked.test-support.ts";
import type { TestKiwi } from "#lib/kiwi/language/testing/schema.test-support.ts";
import type { CompiledGrammar } from "#lib/relaxng/grammar.ts";
import { takesText } from "#lib/relaxng/takes-text.ts";
import { parseXml } from "#lib/xml/parse.ts";
import { elementAt, elementsOf, type XmlElement } from "#lib/xml/tree.ts";

const samples = [
  "1",
  "a",
  "name",
  "true",
  "1M",
  "https://example.com/",
  "a:b",
  "00:11:22:33:44:55",
  "1.2.3.4",
  "en_US",
  "2048",
  "00000000-0000-0000-0000-000000000000",
];

/** How many values are tried in each place. */
const maxChoices = 12;

/** Puts an item in, fills its stops with values that fit, and asks the schema. */
export function tryInserting(
  kiwi: TestKiwi,
  marked: string,
  item: CompletionItem,
  check: (share: "inserted" | "marked", good: boolean, detail: () => unknown) => void,
): void {
  const before = errors(kiwi, marked.slice(0, item.start).replace(/<$/, "") + marked.slice(item.end));
  if (before.length > 0) return;
  const text =
    marked.slice(0, item.start) +
    item.insertText
      .replace(/\\([\\$}])/g, "$1")
      .replace(/\$\{\d:([^}]*)\}/g, "$1")
      .replace(/\$\d/g, "") +
    marked.slice(item.end);
  const isMarked = item.onlyFor !== undefined || item.objection !== undefined;
  // The author chooses the values: one that fits is enough.
  let problems: Problem[] = [];
  for (let choice = 0; choice < maxChoices; choice++) {
    problems = errors(kiwi, fill(kiwi, text, item, choice));
    if (problems.length === 0) break;
  }
  const good = isMarked
    ? problems.length > 0 && problems.every(({ layer }) => layer === "schematron")
    : problems.length === 0;
  check(isMarked ? "marked" : "inserted", good, () => ({ item, problems: problems.map(({ message }) => message) }));
}

/** Whether a file is there that an include names is no matter of the schema. */
function errors(kiwi: TestKiwi, text: string): Problem[] {
  const problems = kiwi.language().validate(requestFor(text));
  return problems.filter(({ severity, layer }) => severity === "error" && layer !== "include");
}

/** Gives the empty attributes and texts of what was put in values that the schema takes; where it lists them, the one of that number. */
function fill(kiwi: TestKiwi, text: string, item: CompletionItem, choice: number): string {
  const { grammar } = kiwi.schema();
  let filled = text;
  const put = (at: number, value: string) => {
    filled = filled.slice(0, at) + value + filled.slice(at);
  };
  const root = elementAt(parseXml(text), item.start + 1);
  const end = item.start + item.insertText.length;
  const inside = root === null ? [] : [...elementsOf([root])].filter((one) => one.start <= end);
  for (const element of inside.reverse()) {
    const declaration = grammar.onlyDeclaration(element);
    if (declaration === null || element.start > end) continue;
    const { text: data, parts } = grammar.contentOf(declaration);
    if (
      data !== null &&
      element.openEnd === element.closeStart &&
      element.form === "closed" &&
      element.start >= item.start - 1
    ) {
      const part = parts[data.part];
      const takes = (value: string) => part !== undefined && takesText(part, value);
      const known =
        part === undefined
          ? []
          : [...grammar.derive.leaves(part)].flatMap((leaf) => (leaf.kind === "data" ? leaf.datatype.values : []));
      put(element.openEnd, chosen([...known, ...samples].filter(takes), choice));
    }
    for (const attribute of element.attributes.toReversed()) {
      if (attribute.value !== "" || attribute.start > end || attribute.start < item.start) continue;
      const data = valueLeaves(grammar, element, attribute.name);
      const known = data.flatMap(({ datatype }) => datatype.values);
      const fits = (value: string) => data.length === 0 || data.some(({ datatype }) => datatype.accepts(value));
      put(attribute.valueStart, chosen([...known, ...samples, "0000-0000"].filter(fits), choice));
    }
  }
  return filled;
}

function chosen(values: readonly string[], choice: number): string {
  return values[choice % Math.max(1, values.length)] ?? "";
}

/** The forms of data that an attribute takes. */
export function valueLeaves(grammar: CompiledGrammar, element: XmlElement, attribute: string) {
  const declaration = grammar.onlyDeclaration(element);
  const takers =
    declaration === null ? [] : grammar.contentOf(declaration).attributes({ namespace: "", local: attribute });
  return takers.flatMap(({ leaf }) =>
    leaf.kind === "attribute"
      ? [...grammar.derive.leaves(leaf.declaration.value)].filter((one) => one.kind === "data")
      : [],
  );
}
