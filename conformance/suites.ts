import { includedPath, includesOf } from "#lib/kiwi/language/includes.ts";
import { readSource } from "#lib/kiwi/language/source-document.ts";
import { mutate as mutateWildly, vocabulary } from "#lib/kiwi/language/testing/mutants.test-support.ts";
import type { TestKiwi } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { fittingAttribute, mutate } from "./mutants.ts";
import { type Random, seeded } from "./random.ts";
import { pruned, realDescriptions, rewritten, type Source, soundDescriptions } from "./sources.ts";
import type { Question } from "./verdict.ts";

/** A way to make descriptions on which we and KIWI should agree. */
export interface Suite {
  name: string;
  about: string;
  /** The description of that number; the same for the same seed. */
  question(seed: number, number: number): Question;
  /** How many there are at most. */
  limit: number;
}

export function suites(kiwi: TestKiwi): Suite[] {
  const sound = soundDescriptions(kiwi);
  const words = vocabulary(kiwi.schema());
  const real = realDescriptions();
  const composed = real.map((source) => ({ source, files: included(source) })).filter(({ files }) => files.size > 0);
  const suite = (name: string, about: string, make: (random: Random) => Question): Suite => ({
    name,
    about,
    limit: Number.POSITIVE_INFINITY,
    question: (seed, number) => make(seeded(Math.imul(seed, 0x9e3779b1) + number)),
  });

  return [
    {
      name: "real descriptions",
      about: "every description of the collection, as it is",
      limit: real.length,
      question: (_, number) => {
        const source = real[number] as Source;
        return { text: bytes(source.text), files: Object.fromEntries(included(source)), ask: "tree" };
      },
    },
    suite("mutants", "one to three mistakes in a real description, in all manners of writing", (random) => {
      const text = rewritten(pruned(random.pick(sound).text, random), random);
      const faults = 1 + (random.once(3) ? 1 + random.below(2) : 0);
      const mutant = random.once(3)
        ? mutateWildly(text, words, random.below)
        : mutate(text, words, random, faults).text;
      return { text: bytes(mutant), ask: "verdict", rulesIfValid: !random.once(4) };
    }),
    suite("rules", "attributes and values that RELAX NG takes, for Schematron", (random) => {
      const text = rewritten(pruned(random.pick(sound).text, random), random);
      return { text: bytes(mutate(text, words, random, 1 + random.below(4), [fittingAttribute]).text), ask: "verdict" };
    }),
    suite("corruptions", "bytes changed, dropped, doubled or put in, for well-formedness", (random) => {
      const text = bytes(rewritten(pruned(random.pick(sound).text, random), random));
      return { text: corrupted(text, random), ask: "syntax" };
    }),
    suite("old versions", "the same under older schema versions, with what later versions took away", (random) => {
      const text = aged(pruned(random.pick(sound).text, random), kiwi, random);
      const mutant = random.once(2) ? mutate(rewritten(text, random), words, random, 1).text : text;
      return { text: bytes(mutant), ask: "tree", rulesIfValid: !random.once(4) };
    }),
    ...(composed.length === 0
      ? []
      : [
          suite("includes", "descriptions with includes, a mistake in one of their files", (random) => {
            const { source, files } = random.pick(composed);
            const paths = ["", ...files.keys()];
            const changed = random.pick(paths);
            const change = (path: string, text: string) => {
              const short = pruned(text, random);
              return path === changed ? mutate(short, words, random, 1).text : short;
            };
            const changedFiles = [...files].map(([path, text]) => [path, change(path, text)]);
            const main = random.once(3) ? source.text : change("", source.text);
            return { text: bytes(main), files: Object.fromEntries(changedFiles), ask: "tree" };
          }),
        ]),
  ];
}

/** The files that a description includes, by their paths. */
export function included({ text, read }: Source): Map<string, string> {
  const main = readSource("config.xml", text);
  return new Map(
    includesOf(main).flatMap((include) => {
      const path = includedPath(include, "config.xml");
      const content = path === null ? undefined : read(path);
      return path === null || content === undefined ? [] : [[path, content] as const];
    }),
  );
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

const oddBytes: readonly string[] = [
  ..."<>&\"'/=;!?-[]#: \t\n\r\0\u0007\u007f",
  ..."\u0085\u00a0\u0130\u2028\ufeff\ufffe\uffff",
  "😀",
  "]]>",
  "<!--",
  "-->",
  "--",
  "<?",
  "?>",
  "<?xml version='1.0'?>",
  "<?xml version='1.0' encoding='utf-8'?>",
  "<?xml version='1.1'?>",
  "<!DOCTYPE image>",
  "<!DOCTYPE image [<!ENTITY a 'b'>]>",
  "<![CDATA[",
  "&amp;",
  "&nope;",
  "&#0;",
  "&#x41;",
  "&#xD800;",
  "&#;",
  " a='b'",
  ' a="b" a="c"',
  " xmlns:x='u'",
  " x:y='z'",
  "<x:y/>",
  "</image>",
  "<a",
  "\xc3",
  "\xff",
];

/** Like `latin1`: what stands alone in the list of odd bytes is no UTF-8. */
function oddPiece(random: Random): Uint8Array {
  const piece = random.pick(oddBytes);
  return piece === "\xc3" || piece === "\xff" ? Uint8Array.of(piece.charCodeAt(0)) : bytes(piece);
}

function corrupted(text: Uint8Array, random: Random): Uint8Array {
  let result = text;
  for (let changes = 1 + random.below(2); changes > 0; changes--) {
    // Most mistakes sit in or beside markup.
    let at = random.below(result.length);
    if (!random.once(3)) while (at > 0 && !'<>="&'.includes(String.fromCharCode(result[at] ?? 0))) at--;
    const [dropped, put] = [
      () => [1 + random.below(3), new Uint8Array()] as const,
      () => [0, oddPiece(random)] as const,
      () => [1, oddPiece(random)] as const,
      () => [0, result.slice(at, at + 1 + random.below(8))] as const,
      () => [result.length, new Uint8Array()] as const,
    ][random.once(20) ? 4 : random.below(4)]?.() ?? [0, new Uint8Array()];
    result = Uint8Array.from([...result.slice(0, at), ...put, ...result.slice(at + dropped)]);
  }
  return result;
}

/** What each step of the upgrade changes, in the place of something that is there. */
const relics: readonly [RegExp, (random: Random) => string][] = [
  [/<type /, (random) => `<type vga="${random.pick(["normal", "0x314", ""])}" `],
  [/<type /, (random) => `<type btrfs_root_is_snapshot="${random.pick(["true", "false", "x"])}" `],
  [
    /<bootloader /,
    (random) =>
      `<bootloader console="${random.pick(["serial", "serial serial", "gfxterm console", "", " x", "none\nnone"])}" `,
  ],
  [/<repository (?:type="[^"]*" ?)?/, (random) => `<repository type="${random.pick(["rpm-dir", "rpm-md"])}" `],
  [/<repository /, (random) => `<repository use_for_bootstrap="${random.pick(["true", "false"])}" `],
  [/<containerconfig /, (random) => `<containerconfig additionaltags="${random.pick(["a", "a,b", "", ":a"])}" `],
  [
    /<packagemanager>[^<]*</,
    (random) => `<packagemanager>${random.pick(["dnf", "dnf", " dnf ", "<!--c-->dnf", "d<!--c-->nf", "zypper"])}<`,
  ],
];

function aged(text: string, kiwi: TestKiwi, random: Random): string {
  const ancient =
    Number(kiwi.schema().version) > 7.5
      ? []
      : ["6.2", "6.3", "6.4", "6.5", "6.6", "6.7", "6.8", "6.9", "7.0", "7.1", "7.2", "7.3"];
  const young = Number(kiwi.schema().version) > 7.5 ? ["7.6", "8.0", "8.1", "8.2", "8.3", "8.4", "8.5"] : [];
  const versions = [...ancient, "7.4", "7.5", ...young];
  let result = text.replace(/schemaversion="[^"]*"/, () => `schemaversion="${random.pick(versions)}"`);
  for (let i = random.below(4); i > 0; i--) {
    const [where, by] = random.pick(relics);
    result = result.replace(where, () => by(random));
  }
  return result;
}
