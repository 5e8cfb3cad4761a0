import { expect, it } from "vitest";
import { catalogue } from "#lib/kiwi/catalogue/index.ts";
import { findRules } from "./find-rules.ts";

it("shows every entry once where nothing is looked for", () => {
  expect(findRules("").flatMap(({ entries }) => entries)).toHaveLength(catalogue.length);
});

it("finds entries by all words, wherever they stand", () => {
  const codes = (words: string) => findRules(words).flatMap(({ entries }) => entries.map(({ code }) => code));
  expect(codes("Twice  package")).toContain("duplicate-package");
  expect(codes("plain-http")).toEqual(["plain-http"]);
  expect(codes("xyzzy")).toEqual([]);
});
