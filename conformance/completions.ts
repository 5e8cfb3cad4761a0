import type { Problem } from "#lib/contracts/problem.ts";
import type { CompletionItem } from "#lib/kiwi/language/index.ts";
import { requestFor } from "#lib/kiwi/language/testing/marked.test-support.ts";
import type { TestKiwi } from "#lib/kiwi/language/testing/schema.test-support.ts";
import type { CompiledGrammar } from "#lib/relaxng/grammar.ts";
import { takesText } from "#lib/relaxng/takes-text.ts";
import { parseXml } from "#lib/xml/parse.ts";
import { elementAt, elementsOf, type XmlElement } from "#lib/xml/tree.ts";
import type { Miss, Share } from "./places.ts";
import { type Random, seeded } from "./random.ts";
import { asNewest, soundDescriptions } from "./sources.ts";

/** What authors wrote, and how often it was offered where they wrote it. */
export interface Completions {
  elementsTyped: Share;
  elementsInPlace: Share;
  attributesTyped: Share;
  attributesInPlace: Share;
  values: Share;
  texts: Share;
  /** With one of six slips somewhere else in the file. */
  faultElsewhere: Share;
  /** The name is begun, its tag not finished, and something follows. */
  atFault: Share;
  /** A child that may stand once and does: it is not offered again. */
  notTwice: Share;
  /** What is offered, put in with all that its snippet brings and its stops filled: RELAX NG still allows the document. */
  inserted: Share;
  /** Items that say that they do not fit as things stand: put in, they break a rule, and nothing else. */
  marked: Share;
  /** Items that carry a documentation. */
  documented: Share;
  misses: Miss[];
}

/** Looks at `count` random places of real descriptions. */
export function measureCompletions(kiwi: TestKiwi, seed: number, count: number): Completions {
  const texts = soundDescriptions(kiwi).flatMap((source) => asNewest(source, kiwi) ?? []);
  const share = (): Share => ({ of: 0, good: 0 });
  const found: Completions = {
    elementsTyped: share(),
    elementsInPlace: share(),
    attributesTyped: share(),
    attributesInPlace: share(),
    values: share(),
    texts: share(),
    faultElsewhere: share(),
    atFault: share(),
    notTwice: share(),
    inserted: share(),
    marked: share(),
    documented: share(),
    misses: [],
  };
  const parsed = texts.map((text) => ({ text, elements: [...elementsOf(parseXml(text).children)] }));
  for (let number = 0; number < count; number++) {
    const random = seeded(Math.imul(seed, 0xc2b2ae35) + number);
    const { text, elements } = random.pick(parsed);
    tryPlace(kiwi, text, random.pick(elements), random, found, number);
  }
  return found;
}

function tryPlace(
  kiwi: TestKiwi,
  text: string,
  element: XmlElement,
  random: Random,
  found: Completions,
  number: number,
): void {
  const offered = (marked: string, offset: number) => kiwi.language().complete({ ...requestFor(marked), offset }).items;
  const check = (share: keyof Completions, good: boolean, detail: () => unknown) => {
    const counted = found[share] as Share;
    counted.of++;
    if (good) counted.good++;
    else found.misses.push({ what: share, number, detail: detail() });
  };
  const near = (marked: string, offset: number) =>
    `${marked.slice(Math.max(0, offset - 60), offset)}‸${marked.slice(offset, offset + 40)}`;
  const has = (items: readonly CompletionItem[], label: string) => items.some((one) => one.label === label);
  const expect = (share: keyof Completions, marked: string, offset: number, label: string) =>
    check(share, has(offered(marked, offset), label), () => ({ label, at: near(marked, offset) }));

  const { start, end, name, parent } = element;
  if (parent !== null) {
    const inPlace = `${text.slice(0, start)}<${text.slice(end)}`;
    expect("elementsTyped", text.slice(0, start + 1), start + 1, name);
    expect("elementsInPlace", inPlace, start + 1, name);
    const [slip, cursor] = slipped(inPlace, start + 1, random);
    check("faultElsewhere", has(offered(slip, cursor), name), () => ({ name, slip: diffAt(inPlace, slip) }));
    const begun = `<${name.slice(0, 1 + random.below(Math.max(1, name.length - 1)))}`;
    expect("atFault", text.slice(0, start) + begun + text.slice(end), start + begun.length, name);
    const whole = offered(`${text.slice(0, start)}<${text.slice(start)}`, start + 1);
    if (isSingle(kiwi, parent, element)) check("notTwice", !has(whole, name), () => ({ name, at: near(text, start) }));
    for (const item of whole) check("documented", item.documentation !== undefined, () => item.label);
    if (whole.length > 0) tryInserting(kiwi, `${text.slice(0, start)}<${text.slice(start)}`, random.pick(whole), check);
  }
  if (element.attributes.length > 0) {
    const attribute = random.pick(element.attributes);
    if (attribute.namespace !== "") return;
    expect("attributesTyped", text.slice(0, attribute.start), attribute.start, attribute.name);
    const inPlace = text.slice(0, attribute.start) + text.slice(attribute.end);
    expect("attributesInPlace", inPlace, attribute.start, attribute.name);
    const values = offered(
      `${text.slice(0, attribute.valueStart)}${text.slice(attribute.valueEnd)}`,
      attribute.valueStart,
    );
    // Lists are offered entry by entry; open values, such as names, not at all.
    if (values.length > 0 && !attribute.value.includes(",") && isListed(kiwi, element, attribute.name))
      check("values", has(values, attribute.value.trim()), () => ({ name: attribute.name, value: attribute.value }));
  }
  const items = offered(`${text.slice(0, element.nameEnd)} ${text.slice(element.nameEnd)}`, element.nameEnd + 1);
  if (items.length > 0) {
    const marked = `${text.slice(0, element.nameEnd)} ${text.slice(element.nameEnd)}`;
    tryInserting(kiwi, marked, random.pick(items), check);
  }
  const value = element.form === "closed" ? text.slice(element.openEnd, element.closeStart) : "";
  if (value.trim() !== "" && !value.includes("<")) {
    const open = element.openEnd;
    const values = offered(text.slice(0, open) + text.slice(element.closeStart), open).filter(
      ({ kind }) => kind === "value",
    );
    if (values.length > 0 && isListedText(kiwi, element))
      check("texts", has(values, value.trim()), () => ({ name, value }));
  }
}

/** Whether the schema lets a child stand but once. */
function isSingle(kiwi: TestKiwi, parent: XmlElement, child: XmlElement): boolean {
  const { grammar } = kiwi.schema();
  const declaration = grammar.onlyDeclaration(parent);
  const taker = declaration === null ? undefined : grammar.contentOf(declaration).elements(child)[0];
  if (declaration === null || taker === undefined) return false;
  const part = grammar.contentOf(declaration).parts[taker.part] ?? grammar.patterns.notAllowed;
  const once = grammar.derive.step(part, taker.leaf);
  return grammar.derive.step(once, taker.leaf) === grammar.patterns.notAllowed;
}

/** Whether all values of an attribute are spelt out by the schema. */
function isListed(kiwi: TestKiwi, element: XmlElement, attribute: string): boolean {
  const data = valueLeaves(kiwi.schema().grammar, element, attribute);
  return data.length > 0 && data.every(({ datatype }) => datatype.complete);
}

function isListedText(kiwi: TestKiwi, element: XmlElement): boolean {
  const { grammar } = kiwi.schema();
  const declaration = grammar.onlyDeclaration(element);
  if (declaration === null) return false;
  const { parts, text } = grammar.contentOf(declaration);
  const part = text === null ? undefined : parts[text.part];
  return (
    part !== undefined &&
    [...grammar.derive.leaves(part)].every((leaf) => leaf.kind === "data" && leaf.datatype.complete)
  );
}

function valueLeaves(grammar: CompiledGrammar, element: XmlElement, attribute: string) {
  const declaration = grammar.onlyDeclaration(element);
  const takers =
    declaration === null ? [] : grammar.contentOf(declaration).attributes({ namespace: "", local: attribute });
  return takers.flatMap(({ leaf }) =>
    leaf.kind === "attribute"
      ? [...grammar.derive.leaves(leaf.declaration.value)].filter((one) => one.kind === "data")
      : [],
  );
}

/** The slips of people who type: in another part of the file. */
const slips: readonly ((random: Random) => { drop: number; put: string })[] = [
  () => ({ drop: 1, put: "" }),
  () => ({ drop: 0, put: "<" }),
  () => ({ drop: 0, put: "<packa" }),
  () => ({ drop: 0, put: '"' }),
  () => ({ drop: 0, put: " name=" }),
  () => ({ drop: 0, put: "</foo>" }),
];

function slipped(text: string, offset: number, random: Random): [string, number] {
  const { drop, put } = random.pick(slips)(random);
  let at = random.below(text.length - 1);
  // Not where the cursor is: that is another question.
  if (Math.abs(at - offset) < 60) at = ((at + text.length / 2) % text.length) | 0;
  const slip = text.slice(0, at) + put + text.slice(at + drop);
  return [slip, at < offset ? offset + put.length - drop : offset];
}

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
function tryInserting(
  kiwi: TestKiwi,
  marked: string,
  item: CompletionItem,
  check: (share: keyof Completions, good: boolean, detail: () => unknown) => void,
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

/** Where two texts part. */
function diffAt(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return b.slice(Math.max(0, at - 60), at + 60);
}
