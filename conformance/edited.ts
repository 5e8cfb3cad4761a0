import { createLanguage, type Language } from "#lib/kiwi/language/index.ts";
import { readSource, rereadSource, type SourceDocument } from "#lib/kiwi/language/source-document.ts";
import {
  mutate as mutateWildly,
  type Vocabulary,
  vocabulary,
} from "#lib/kiwi/language/testing/mutants.test-support.ts";
import type { TestKiwi } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { applyEdits } from "#lib/xml/edit/text-edit.ts";
import { randomChange } from "#lib/xml/testing/edits.test-support.ts";
import { writtenTree } from "#lib/xml/testing/written.test-support.ts";
import { type Random, seeded } from "./random.ts";
import { pruned, realDescriptions, rewritten, type Source } from "./sources.ts";
import { included } from "./suites.ts";

/** Edits of one story, which begins with a real description. */
export const editsOfStory = 30;

/** An edit after which what was kept of the text before led to something else than reading all anew. */
export interface EditDifference {
  seed: number;
  /** Number of the story; the same for the same seed. */
  story: number;
  edit: number;
  file: string;
  what: "tree" | "positions" | "problems";
  before: string;
  after: string;
  kept: unknown;
  anew: unknown;
}

export interface Edited {
  edits: number;
  /** How many of them left texts that are not well-formed. */
  broken: number;
  /** How many problems were compared. */
  problems: number;
  differences: EditDifference[];
}

/** Edits real descriptions at random, and compares after each edit what is known with what reading all anew gives. */
export function compareEdits(
  kiwi: TestKiwi,
  seed: number,
  edits: number,
  onProgress: (done: number) => void = () => undefined,
): Edited {
  const compared: Edited = { edits: 0, broken: 0, problems: 0, differences: [] };
  const tell = storyTeller(kiwi);
  for (let story = 0; compared.edits < edits; story++) {
    tell(seed, story, compared);
    if (story % 100 === 0) onProgress(compared.edits);
  }
  return compared;
}

/** Tells one story again. */
export function replayEdits(kiwi: TestKiwi, seed: number, story: number): EditDifference[] {
  const compared: Edited = { edits: 0, broken: 0, problems: 0, differences: [] };
  storyTeller(kiwi)(seed, story, compared);
  return compared.differences;
}

/** The files of a description, by path; the image file is the first. */
type Files = Map<string, string>;

const main = "config.xml";

function storyTeller(kiwi: TestKiwi): (seed: number, story: number, into: Edited) => void {
  const words = vocabulary(kiwi.schema());
  const sources = realDescriptions().filter(({ text }) => text.length < 12_000);
  return (seed, story, into) => {
    const random = seeded(Math.imul(seed, 0x9e3779b1) + story);
    const files = firstTexts(random.pick(sources), random);
    const kept = languageOf(kiwi);
    const documents = new Map<string, SourceDocument>();
    /** The last text of each file that was well-formed: people mend what they break, or take it back. */
    const wellFormed = new Map(files);
    for (let edit = 0; edit < editsOfStory; edit++) {
      const path = random.pick([...files.keys()]);
      const before = files.get(path) ?? "";
      const mends = (documents.get(path)?.errors.length ?? 0) > 0 && random.once(3);
      const after = edit === 0 ? before : mends ? (wellFormed.get(path) ?? before) : edited(before, words, random);
      files.set(path, after);
      into.edits++;
      const differ = (what: EditDifference["what"], ours: unknown, anew: unknown) => {
        if (JSON.stringify(ours) === JSON.stringify(anew)) return;
        into.differences.push({ seed, story, edit, file: path, what, before, after, kept: ours, anew });
      };

      const known = documents.get(path);
      const document = known === undefined ? readSource(path, after) : rereadSource(known, after);
      documents.set(path, document);
      const anew = readSource(path, after);
      if (anew.errors.length > 0) into.broken++;
      else wellFormed.set(path, after);
      differ("tree", writtenTree(document), writtenTree(anew));
      differ("positions", positionsOf(document), positionsOf(anew));
      // The image file, and the file itself as part of it: as the editor asks.
      for (const asked of new Set([main, path])) {
        const ours = problemsOf(kept, files, asked);
        into.problems += ours.length;
        differ("problems", ours, problemsOf(languageOf(kiwi), files, asked));
      }
    }
  };
}

function languageOf({ schema, version }: TestKiwi): Language {
  return createLanguage({ schema: schema(), kiwiVersion: version, schemaVersion: null });
}

function firstTexts(source: Source, random: Random): Files {
  const text = random.once(2) ? source.text : rewritten(pruned(source.text, random), random);
  const files: Files = new Map([[main, text]]);
  for (const [path, fragment] of included(source)) files.set(path, fragment);
  return files;
}

function edited(text: string, words: Vocabulary, random: Random): string {
  return random.once(3)
    ? mutateWildly(text, words, random.below)
    : applyEdits(text, [randomChange(text, random.below)]);
}

/** Where some characters of the text stand. */
function positionsOf({ text, lines }: SourceDocument): unknown[] {
  return Array.from({ length: 50 }, (_, i) => lines.position(Math.floor((text.length * i) / 49)));
}

function problemsOf(language: Language, files: Files, path: string) {
  const read = (name: string) => files.get(name);
  return language.validate({ path, text: files.get(path) ?? "", read, mains: [main], entries: [...files.keys()] });
}
