import type { Layer } from "#lib/contracts/problem.ts";
import { catalogue, type Entry } from "#lib/kiwi/catalogue/index.ts";

/** What each layer of checks is about, in the order in which they are shown: what people look up first. */
const layers: readonly { layer: Layer; title: string; about: string }[] = [
  { layer: "lint", title: "Lints", about: "Our own rules for what KIWI takes and people regret." },
  { layer: "runtime", title: "Runtime checks", about: "What KIWI refuses when a build begins, or fails at later on." },
  { layer: "include", title: "Includes", about: "What keeps an included file from being read." },
  { layer: "version", title: "Schema version", about: "What KIWI's upgrade of a description meets." },
  { layer: "relaxng", title: "Schema", about: "What KIWI's schema does not allow." },
  {
    layer: "schematron",
    title: "Rules in the schema",
    about: "What may not be combined, by the rules in KIWI's schema.",
  },
  { layer: "syntax", title: "Syntax", about: "What keeps a file from being read at all." },
];

export interface Section {
  title: string;
  about: string;
  entries: readonly Entry[];
}

/** The entries that hold all words, by their layers; sections without any are left out. */
export function findRules(words: string): Section[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ code, title, meaning, remedy }: Entry) => {
    const text = `${code} ${title} ${meaning} ${remedy}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  };
  return layers.flatMap(({ layer, title, about }) => {
    const entries = catalogue.filter((entry) => entry.layer === layer && fits(entry));
    return entries.length === 0 ? [] : [{ title, about, entries }];
  });
}
