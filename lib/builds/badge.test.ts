import { expect, test } from "vitest";
import { parseXml } from "#lib/xml/parse.ts";
import { textOf } from "#lib/xml/tree.ts";
import { badge } from "./badge.ts";

test("a badge is well-formed whatever it is about, and says it to screen readers", () => {
  const { root, errors } = parseXml(badge('a<b>&"c"', "succeeded"));
  expect(errors).toEqual([]);
  expect(root?.attributes.find(({ name }) => name === "aria-label")?.value).toBe('a<b>&"c": succeeded');
  expect(root && textOf(root)).not.toContain("<");
});

test("what was not built yet says so", () => {
  expect(badge("image", null)).toContain(">not built<");
});
