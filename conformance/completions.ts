import type { CompletionItem } from "#lib/kiwi/language/index.ts";
import { declarationsOf } from "#lib/kiwi/language/testing/declarations.test-support.ts";
import { requestFor } from "#lib/kiwi/language/testing/marked.test-support.ts";
import type { TestKiwi } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { parseXml } from "#lib/xml/parse.ts";
import { elementsOf, type XmlElement } from "#lib/xml/tree.ts";
import { tryInserting, valueLeaves } from "./inserting.ts";
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
  /** Items that carry a documentation; and the same of all that the schema declares. */
  documented: Share;
  declared: Share;
  misses: Miss[];
}

/** Looks at random places of real descriptions, one for each number. */
export function measureCompletions(kiwi: TestKiwi, seed: number, numbers: readonly number[]): Completions {
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
    declared: share(),
    misses: [],
  };
  const parsed = texts.map((text) => ({ text, elements: [...elementsOf(parseXml(text).children)] }));
  for (const { name, text } of declarationsOf(kiwi.schema())) {
    found.declared.of++;
    if (text !== undefined) found.declared.good++;
    else found.misses.push({ what: "declared", number: 0, detail: name });
  }
  for (const number of numbers) {
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

/** Where two texts part. */
function diffAt(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return b.slice(Math.max(0, at - 60), at + 60);
}
