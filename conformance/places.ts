import type { TestKiwi } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { parseXml } from "#lib/xml/parse.ts";
import { type LineIndex, lineIndex } from "#lib/xml/positions.ts";
import { elementAt, type XmlDocument } from "#lib/xml/tree.ts";
import { echoes, type Unmatched, withoutCascades } from "./cascades.ts";
import { type Found, findings, isSame, nextTag, shown, tokenStarts } from "./findings.ts";
import { type JingError, jingErrors } from "./jing.ts";
import type { Fault, Mutant } from "./mutants.ts";
import { mutants, olderMutants } from "./place-cases.ts";

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
  /** The same in descriptions of older schema versions, as their authors wrote them. */
  older: Share;
  /** The same as the first, by kind of fault. */
  kinds: Map<string, Share>;
  /** Problems that start on a name, a value or a text. */
  tokens: Share;
  /** jing's first errors of which we have one on the same line with the same name; and all, its cascades collapsed. */
  firstErrors: Share;
  allErrors: Share;
  /** Those of the first errors that say the same as ours: too much, too little, or a wrong value. */
  meanings: Share;
  /** jing's errors without a counterpart of ours that tell once more of a mistake which we report elsewhere. */
  echoes: Share;
  /** Documents in which we report something on a line on which jing reports nothing. */
  extra: Share;
  /** Several faults in one document: each is marked. */
  several: Share;
  jingSeveral: Share;
  /** Documents that RELAX NG allows for jing and not for us, or the other way round. */
  verdicts: Share;
  misses: Miss[];
}

/** Puts faults into real descriptions, one case for each number, and looks where they are reported. */
export async function measurePlaces(kiwi: TestKiwi, seed: number, numbers: readonly number[]): Promise<Places> {
  const make = mutants(kiwi);
  // What KIWI 9 takes for older than anything we know is not judged by its schema as it stands, as jing does.
  const isComparable = (text: string) =>
    parseXml(text).errors.length === 0 && / schemaversion\s*=\s*["']\s*\d/.test(text);
  const cases = numbers
    .map((number) => ({ number, mutant: make(seed, number) }))
    .filter(({ mutant }) => isComparable(mutant.text));
  const errors = await jingErrors(
    kiwi,
    cases.map(({ mutant }) => mutant.text),
  );

  const share = (): Share => ({ of: 0, good: 0 });
  const places: Places = {
    single: share(),
    jingSingle: share(),
    older: share(),
    kinds: new Map(),
    tokens: share(),
    firstErrors: share(),
    meanings: share(),
    allErrors: share(),
    echoes: share(),
    extra: share(),
    several: share(),
    jingSeveral: share(),
    verdicts: share(),
    misses: [],
  };
  const unmatched: (Unmatched & Miss)[] = [];
  for (const [i, { number, mutant }] of cases.entries()) {
    const theirs = errors[i] ?? [];
    const ours = findings(kiwi, mutant.text);
    if (!add(places.verdicts, theirs.length > 0 === ours.length > 0))
      places.misses.push({ what: "verdict", number, detail: { jing: theirs, ours: ours.map(shown) } });
    if (theirs.length === 0 || ours.length === 0) continue;
    compareMutant(places, number, mutant, ours, theirs);
    unmatched.push(...compareErrors(places, number, mutant.text, ours, theirs));
  }
  measureOlder(kiwi, places, seed, numbers);
  for (const [i, isEcho] of (await echoes(kiwi, unmatched)).entries()) {
    if (add(places.echoes, isEcho)) continue;
    const { what, number, detail } = unmatched[i] as Miss;
    places.allErrors.of++;
    places.misses.push({ what, number, detail });
  }
  return places;
}

/** What a fault in an older description is reported at; that KIWI refuses the same ones is measured elsewhere. */
function measureOlder(kiwi: TestKiwi, places: Places, seed: number, numbers: readonly number[]): void {
  const make = olderMutants(kiwi);
  for (const number of numbers.filter((one) => one % 4 === 0)) {
    const { text, faults } = make(seed, number);
    const [first] = parseXml(text).errors.length === 0 ? findings(kiwi, text) : [];
    const [fault] = faults;
    if (first === undefined || fault === undefined || add(places.older, isAt(fault, first.start))) continue;
    places.misses.push({ what: "older", number, detail: { ours: shown(first), at: shownFault(fault, text) } });
  }
}

function add(share: Share, good: boolean): boolean {
  share.of++;
  if (good) share.good++;
  return good;
}

function compareMutant(
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
      if (!isNoticed(fault, ours, theirs, document, lines)) continue;
      const marked = ours.some(({ start }) => isAt(fault, start));
      if (!add(places.several, marked))
        miss("several", { kind: fault.kind, ours: ours.map(shown), jing: theirs, at: shownFault(fault, text) });
      add(
        places.jingSeveral,
        theirs.some(({ line }) => isOnLine(fault, line, document, lines)),
      );
    }
  }
  const known = ours.every((one) => theirs.some(({ line }) => one.line <= line && line <= one.until));
  if (!add(places.extra, known)) miss("extra", { jing: theirs, ours: ours.map(shown) });
}

/** Looks for jing's errors among ours; returns those after the first that are not there. */
function compareErrors(
  places: Places,
  number: number,
  text: string,
  ours: readonly Found[],
  theirs: readonly JingError[],
): (Unmatched & Miss)[] {
  const [head, ...rest] = withoutCascades(theirs, parseXml(text), lineIndex(text));
  if (head === undefined) return [];
  const detailOf = (error: JingError) => ({ jing: error, ours: ours.map(shown) });
  const same = ours.filter((one) => isSame(one, head));
  if (!add(places.firstErrors, same.length > 0))
    places.misses.push({ what: "first error", number, detail: detailOf(head) });
  else if (
    !add(
      places.meanings,
      same.some(({ problem }) => meanings[head.kind].includes(problem.code)),
    )
  )
    places.misses.push({ what: "meaning", number, detail: detailOf(head) });
  add(places.allErrors, same.length > 0);
  const unmatched = rest.filter((error) => !ours.some((one) => isSame(one, error)));
  places.allErrors.of += rest.length - unmatched.length;
  places.allErrors.good += rest.length - unmatched.length;
  return unmatched.map((error) => ({ text, error, what: "later error", number, detail: detailOf(error) }));
}

/** What we call each kind of jing's errors. */
const meanings: Record<JingError["kind"], readonly string[]> = {
  element: ["element-not-allowed", "too-many-elements", "element-out-of-place", "wrong-root"],
  attribute: ["attribute-not-allowed", "attribute-conflict"],
  value: ["wrong-value", "old-schemaversion", "new-schemaversion"],
  "missing attribute": ["missing-attribute", "missing-schemaversion"],
  content: ["wrong-value"],
  incomplete: ["missing-element"],
  text: ["text-not-allowed"],
  other: [],
};

/** A fault counts where one of the two marks it: others fit the schema by chance, or vanish beside another one. */
function isNoticed(
  fault: Fault,
  ours: readonly Found[],
  theirs: readonly JingError[],
  document: XmlDocument,
  lines: LineIndex,
): boolean {
  return (
    ours.some(({ start }) => isAt(fault, start)) || theirs.some(({ line }) => isOnLine(fault, line, document, lines))
  );
}

function isAt({ places }: Fault, start: number): boolean {
  return places.some(({ from, to }) => from <= start && start <= to);
}

/** Whether a line of jing's is one on which it could report the fault: of the place itself, or where its tag ends. */
function isOnLine({ places }: Fault, line: number, document: XmlDocument, lines: LineIndex): boolean {
  return places.some(({ from, to }) => {
    const element = elementAt(document, from + 1);
    const isInTag = element !== null && from < element.openEnd;
    const ends = [from, to, element?.openEnd ?? from, element?.end ?? from];
    if (!isInTag) ends.push(nextTag(document.text, from));
    return ends.some((offset) => lines.position(Math.max(0, offset)).line === line);
  });
}

function shownFault({ places }: Fault, text: string): string[] {
  return places.map(({ from }) => `${lineIndex(text).position(from).line}: ${text.slice(from, from + 40)}`);
}
