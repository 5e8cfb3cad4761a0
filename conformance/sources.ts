import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { requestFor } from "#lib/kiwi/language/testing/marked.test-support.ts";
import { corpus, type TestKiwi } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { parseXml } from "#lib/xml/parse.ts";
import { attributeOf, childElements, elementsOf } from "#lib/xml/tree.ts";
import { applyEdits, type Edit } from "./edits.ts";
import type { Random } from "./random.ts";

/** A real description. */
export interface Source {
  path: string;
  text: string;
  version: number;
  /** The text of a file of its folder. */
  read(name: string): string | undefined;
}

/** All real descriptions in XML. */
export function realDescriptions(): Source[] {
  if (corpus === null) return [];
  const folder = corpus;
  const { verdicts } = JSON.parse(readFileSync(join(folder, "verdicts.json"), "utf8")) as { verdicts: object };
  return Object.keys(verdicts).flatMap((path) => {
    const text = readFileSync(join(folder, path), "utf8");
    const { root } = parseXml(text);
    if (root === null) return [];
    const read = (name: string) => {
      const file = join(folder, dirname(path), name);
      return existsSync(file) ? readFileSync(file, "utf8") : undefined;
    };
    return [{ path, text, version: Number(attributeOf(root, "schemaversion")?.value), read }];
  });
}

/** The real descriptions that stand alone, have nothing wrong, and are old enough for this KIWI. */
export function soundDescriptions(kiwi: TestKiwi): Source[] {
  const newest = Number(kiwi.schema().version);
  return realDescriptions().filter(({ text, version }) => {
    if (text.includes("<include") || !(version >= 7.4 && version <= newest)) return false;
    return !kiwi
      .language()
      .validate(requestFor(text))
      .some(({ severity }) => severity === "error");
  });
}

/** The same description under the newest schema version, where nothing else need change for that; else null. */
export function asNewest({ text }: Source, kiwi: TestKiwi): string | null {
  const newest = text
    .replace(/schemaversion="[^"]*"/, `schemaversion="${kiwi.schema().version}"`)
    .replace(/<packagemanager>dnf</, Number(kiwi.schema().version) > 7.5 ? "<packagemanager>dnf4<" : "$&");
  return kiwi.language().validate(requestFor(newest)).length === 0 ? newest : null;
}

/**
 * A description with at most two of each kind of child anywhere: real lists of packages are long, and say the same
 * again and again to whoever checks them.
 */
export function pruned(text: string, random: Random): string {
  const edits: Edit[] = [];
  const pending = [...childElements(parseXml(text))];
  for (let element = pending.pop(); element !== undefined; element = pending.pop()) {
    const kinds = Map.groupBy(childElements(element), ({ name }) => name);
    for (const kind of kinds.values()) {
      const from = random.below(Math.max(1, kind.length - 1));
      for (const [i, child] of kind.entries()) {
        if (i >= from && i < from + 2) pending.push(child);
        else edits.push({ start: child.start, end: child.end, text: "" });
      }
    }
  }
  return applyEdits(text, edits).replace(/\n(?:[ \t]*\n)+/g, "\n");
}

/** Another way to write the same description, as bad as people and programs write; in lines, or all in one. */
export function rewritten(text: string, random: Random, inLines = false): string {
  return random.once(3) ? text : random.pick(inLines ? manners : [...manners, inOneLine])(text, random);
}

function inOneLine(text: string): string {
  return text.replace(/[ \t]*\r?\n[ \t]*(?=<)/g, "");
}

type Manner = (text: string, random: Random) => string;

const manners: readonly Manner[] = [
  (text) => text.replace(/\r?\n/g, "\r\n"),
  (text) => text.replace(/^ +/gm, (blanks) => "\t".repeat(Math.ceil(blanks.length / 4))),
  (text) => text.replace(/^[ \t]+/gm, "").replace(/\n\n+/g, "\n"),
  (text) => everyElement(text, ({ attributes }) => attributes.map(({ start }) => before(start, "\n\t\t   "))),
  (text) => everyElement(text, ({ form, openEnd }) => [before(openEnd - (form === "empty" ? 2 : 1), "\r\n  ")]),
  (text, random) =>
    everyElement(text, ({ openEnd }) => (random.once(3) ? [before(openEnd, "<!-- note: <a> & b -->")] : [])),
  (text, random) =>
    everyElement(text, ({ start, parent }) =>
      random.once(4) && parent !== null ? [before(start, "<?hint a='b'?>")] : [],
    ),
  (text) =>
    everyElement(text, ({ attributes }) =>
      attributes
        .filter(({ valueStart, valueEnd }) => !text.slice(valueStart, valueEnd).includes("'"))
        .flatMap(({ nameEnd, valueStart, valueEnd }) => [
          { start: nameEnd, end: valueStart, text: " = '" },
          { start: valueEnd, end: valueEnd + 1, text: "'" },
        ]),
    ),
  (text) =>
    everyElement(text, ({ children }) =>
      children
        .filter(
          ({ kind, start, end }) =>
            kind === "text" && !/[&\]]/.test(text.slice(start, end)) && /\S/.test(text.slice(start, end)),
        )
        .flatMap(({ start, end }) => [before(start, "<![CDATA["), before(end, "]]>")]),
    ),
];

function before(at: number, text: string): Edit {
  return { start: at, end: at, text };
}

type Element = Parameters<typeof elementsOf>[0][number] & { kind: "element" };

function everyElement(text: string, change: (element: Element) => Edit[]): string {
  return applyEdits(text, [...elementsOf(parseXml(text).children)].flatMap(change));
}
