import type { Problem } from "#lib/contracts/problem.ts";
import { requestFor } from "#lib/kiwi/language/testing/marked.test-support.ts";
import { vocabulary } from "#lib/kiwi/language/testing/mutants.test-support.ts";
import type { TestKiwi } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { parseXml } from "#lib/xml/parse.ts";
import { lineIndex } from "#lib/xml/positions.ts";
import { elementAt, elementsOf, type XmlDocument } from "#lib/xml/tree.ts";
import { type JingError, jingErrors } from "./jing.ts";
import { type Fault, type Mutant, mutate } from "./mutants.ts";
import { seeded } from "./random.ts";
import { asNewest, pruned, rewritten, soundDescriptions } from "./sources.ts";

/** Something out of many. */
export interface Share {
  of: number;
  good: number;
}

/** A case that did not go as it should, to be looked at. */
export interface Miss {
  what: string;
  number: number;
  detail: unknown;
}

export interface Places {
  /** Documents with one fault: the first problem stands at it. */
  single: Share;
  jingSingle: Share;
  /** The same, by kind of fault. */
  kinds: Map<string, Share>;
  /** Problems that start on a name, a value or a text. */
  tokens: Share;
  /** jing's first errors of which we have one on the same line with the same name; and all, its cascades collapsed. */
  firstErrors: Share;
  allErrors: Share;
  /** Documents in which we report something on a line on which jing reports nothing. */
  extra: Share;
  /** Several faults in one document: each is marked. */
  several: Share;
  jingSeveral: Share;
  /** Documents that RELAX NG allows for jing and not for us, or the other way round. */
  verdicts: Share;
  misses: Miss[];
}

/** Puts `count` times one fault, and a third as often several, into real descriptions, and looks where it is reported. */
export async function measurePlaces(kiwi: TestKiwi, seed: number, count: number): Promise<Places> {
  const words = vocabulary(kiwi.schema());
  const originals = soundDescriptions(kiwi).flatMap((source) => asNewest(source, kiwi) ?? []);
  const make = (number: number, faults: number) => {
    const random = seeded(Math.imul(seed, 0x85ebca6b) + number);
    const text = rewritten(pruned(random.pick(originals), random), random, true);
    return mutate(text, words, random, faults);
  };
  const single = Array.from({ length: count }, (_, i) => make(i, 1));
  const several = Array.from({ length: Math.ceil(count / 3) }, (_, i) => make(count + i, 2 + (i % 3)));
  const mutants = [...single, ...several];
  const errors = await jingErrors(
    kiwi,
    mutants.map(({ text }) => text),
  );

  const share = (): Share => ({ of: 0, good: 0 });
  const places: Places = {
    single: share(),
    jingSingle: share(),
    kinds: new Map(),
    tokens: share(),
    firstErrors: share(),
    allErrors: share(),
    extra: share(),
    several: share(),
    jingSeveral: share(),
    verdicts: share(),
    misses: [],
  };
  for (const [number, mutant] of mutants.entries()) {
    // What KIWI 9 takes for older than anything we know is not judged by its schema as it stands, as jing does.
    if (parseXml(mutant.text).errors.length > 0 || !/ schemaversion\s*=\s*["']\s*\d/.test(mutant.text)) continue;
    const theirs = errors[number] ?? [];
    const ours = findings(kiwi, mutant.text);
    add(places.verdicts, theirs.length > 0 === ours.length > 0);
    if (theirs.length === 0 || ours.length === 0) continue;
    compareMutant(kiwi, places, number, mutant, ours, theirs);
  }
  return places;
}

function add(share: Share, good: boolean): boolean {
  share.of++;
  if (good) share.good++;
  return good;
}

function compareMutant(
  kiwi: TestKiwi,
  places: Places,
  number: number,
  { text, faults }: Mutant,
  ours: readonly Found[],
  theirs: readonly JingError[],
): void {
  const document = parseXml(text);
  const lines = lineIndex(text);
  const miss = (what: string, detail: unknown) => places.misses.push({ what, number, detail });
  const starts = tokenStarts(document);
  for (const { problem, start } of ours) {
    if (!add(places.tokens, starts.has(start)))
      miss("not on a token", { problem, text: text.slice(start - 30, start + 30) });
  }
  const [only, ...more] = faults;
  const first = theirs[0] as JingError;
  if (only !== undefined && more.length === 0) {
    const kind = places.kinds.get(only.kind) ?? { of: 0, good: 0 };
    places.kinds.set(only.kind, kind);
    const hit = isAt(only, ours[0]?.start ?? -1);
    add(kind, hit);
    if (!add(places.single, hit))
      miss("single", { kind: only.kind, ours: ours.map(shown), jing: theirs.slice(0, 3), at: shownFault(only, text) });
    add(places.jingSingle, isOnLine(only, first.line, document, lines));
  } else {
    for (const fault of faults) {
      if (!isFaultAlone(kiwi, fault, ours, theirs, document, lines)) continue;
      const marked = ours.some(({ start }) => isAt(fault, start));
      if (!add(places.several, marked))
        miss("several", { kind: fault.kind, ours: ours.map(shown), jing: theirs, at: shownFault(fault, text) });
      add(
        places.jingSeveral,
        theirs.some(({ line }) => isOnLine(fault, line, document, lines)),
      );
    }
  }
  const [head, ...rest] = collapsed(theirs, document, lines);
  if (
    head !== undefined &&
    !add(
      places.firstErrors,
      ours.some((one) => isSame(one, head)),
    )
  )
    miss("first error", { jing: head, ours: ours.map(shown) });
  for (const error of head === undefined ? [] : [head, ...rest]) {
    if (
      !add(
        places.allErrors,
        ours.some((one) => isSame(one, error)),
      ) &&
      error !== head
    )
      miss("later error", { jing: error, ours: ours.map(shown) });
  }
  const known = ours.every((one) => theirs.some(({ line }) => one.line <= line && line <= one.until));
  if (!add(places.extra, known)) miss("extra", { jing: theirs, ours: ours.map(shown) });
}

/** A fault counts where one of the two marks it: others fit the schema by chance, or vanish beside another one. */
function isFaultAlone(
  _: TestKiwi,
  fault: Fault,
  ours: readonly Found[],
  theirs: readonly JingError[],
  document: XmlDocument,
  lines: ReturnType<typeof lineIndex>,
): boolean {
  return (
    ours.some(({ start }) => isAt(fault, start)) || theirs.some(({ line }) => isOnLine(fault, line, document, lines))
  );
}

function isAt({ places }: Fault, start: number): boolean {
  return places.some(({ from, to }) => from <= start && start <= to);
}

/** Whether a line of jing's is one on which it could report the fault: of the place itself, or where its tag ends. */
function isOnLine(
  { places }: Fault,
  line: number,
  document: XmlDocument,
  lines: ReturnType<typeof lineIndex>,
): boolean {
  return places.some(({ from, to }) => {
    const element = elementAt(document, from + 1);
    const ends = [from, to, element?.openEnd ?? from, element?.end ?? from, nextTag(document.text, from)];
    return ends.some((offset) => lines.position(Math.max(0, offset)).line === line);
  });
}

/** One of our problems with what jing would say: its line, and the name of the element or attribute. */
interface Found {
  problem: Problem;
  start: number;
  line: number;
  until: number;
  name: string;
}

const atEnd = new Set(["missing-element"]);

function findings(kiwi: TestKiwi, text: string): Found[] {
  const document = parseXml(text);
  const lines = lineIndex(text);
  return kiwi
    .language()
    .validate(requestFor(text))
    .filter(({ layer, severity }) => layer !== "schematron" && severity === "error")
    .map((problem) => {
      const start = lines.offset(problem);
      const element = elementAt(document, start + 1);
      const attribute = element?.attributes.find((one) => one.start <= start && start <= one.end);
      const lineOf = (offset: number) => lines.position(offset).line;
      let until: number | null = null;
      let line = problem.line;
      // jing notices a text at any of its pieces, or at the tag behind it.
      if (problem.code === "text-not-allowed") until = lineOf(nextTag(text, start));
      else if (element !== null) {
        const isContent = problem.code === "wrong-value" && attribute === undefined;
        line = lineOf((isContent || atEnd.has(problem.code) ? element.end : element.openEnd) - 1);
      }
      const name = problem.code === "text-not-allowed" ? "" : (attribute?.local ?? element?.local ?? "");
      return { problem, start, line, until: until ?? line, name };
    });
}

/** The end of the first tag after an offset: there jing notices a text. */
function nextTag(text: string, from: number): number {
  const open = /<(?!!--|\?|!\[)/g;
  open.lastIndex = from;
  const at = open.exec(text)?.index ?? text.length;
  const end = text.indexOf(">", at);
  return end < 0 ? text.length - 1 : end;
}

function isSame(ours: Found, theirs: JingError): boolean {
  return ours.line <= theirs.line && theirs.line <= ours.until && ours.name === theirs.name.replace(/^.*:/, "");
}

/** jing's errors without those that only follow from another: it repeats them for all that is inside of a wrong element. */
function collapsed(
  errors: readonly JingError[],
  document: XmlDocument,
  lines: ReturnType<typeof lineIndex>,
): JingError[] {
  const kept: JingError[] = [];
  let until = 0;
  let tag = 0;
  let refused = "";
  // An attribute under a wrong name is missing under its right one.
  let misnamed = 0;
  for (const error of errors) {
    // It says so of every element of data that holds another element, which it has refused already.
    if (error.message.endsWith("expected data")) continue;
    // Of what it has refused it goes on to say what is wrong inside, as if the name were right.
    const isInside = error.line <= until && (error.kind !== "value" || error.line > tag);
    if (isInside && (error.line > tag || error.kind !== "element" || error.name === refused)) continue;
    if (error.kind === "missing attribute" && error.line === misnamed) continue;
    if (error.kind === "attribute") misnamed = error.line;
    if (kept.some((one) => one.line === error.line && one.message === error.message)) continue;
    kept.push(error);
    if (error.kind !== "element") continue;
    const element = [...elementsOf(document.children)].find(
      ({ local, openEnd }) => local === error.name && lines.position(openEnd - 1).line === error.line,
    );
    until = element === undefined ? 0 : lines.position(element.end).line;
    tag = error.line;
    refused = error.name;
  }
  return kept;
}

function tokenStarts(document: XmlDocument): Set<number> {
  const starts = new Set<number>();
  for (const element of elementsOf(document.children)) {
    starts.add(element.nameStart);
    for (const { start, valueStart, valueEnd } of element.attributes) {
      starts.add(start);
      const value = document.text.slice(valueStart, valueEnd);
      starts.add(value.trim() === "" ? valueStart - 1 : valueStart + (value.length - value.trimStart().length));
    }
    for (const { kind, start, end } of element.children) {
      if (kind !== "text" && kind !== "cdata") continue;
      const text = document.text.slice(start, end);
      starts.add(start + (text.length - text.trimStart().length));
    }
  }
  return starts;
}

function shown({ problem }: Found): string {
  return `${problem.line}:${problem.column} ${problem.message}`;
}

function shownFault({ places }: Fault, text: string): string[] {
  return places.map(({ from }) => `${lineIndex(text).position(from).line}: ${text.slice(from, from + 40)}`);
}
