import { expect, test } from "vitest";
import type { FormElement } from "#lib/kiwi/language/index.ts";
import { countErrors, elementAtLine, holds, titleOf } from "./form-words.ts";
import { partsOf, sectionOf, sections } from "./sections.ts";

function element(name: string, at: number[], lines: [number, number], more: Partial<FormElement> = {}): FormElement {
  const [line, endLine] = lines;
  return {
    element: name,
    at,
    path: "config.xml",
    line,
    endLine,
    documentation: "",
    required: false,
    repeats: false,
    takesMore: false,
    plain: false,
    fields: [],
    children: [],
    problems: [],
    ...more,
  };
}

const field = (name: string, value: string) => ({
  name,
  value,
  documentation: "",
  values: [],
  closed: false,
  expected: "",
  required: false,
  problems: [],
});

const source = element("source", [1, 0], [11, 11], { fields: [field("path", "https://x.org/")] });
const repository = element("repository", [1], [10, 12], { children: [source] });
const size = element("size", [0, 1, 0], [5, 5], { problems: [{ severity: "error", message: "no" }] });
const type = element("type", [0, 1], [4, 6], { fields: [field("image", "oem")], children: [size] });
const preferences = element("preferences", [0], [2, 8], { children: [element("version", [0, 0], [3, 3]), type] });
const strip = element("strip", [2], [3, 4], { path: "part.xml" });
const root = element("image", [], [1, 20], { children: [preferences, repository, strip] });

test("each element is shown by one section, and the form opens where the cursor stands", () => {
  const at = (path: string, line: number) => {
    const found = elementAtLine(root, path, line);
    return found && [found.element, sectionOf(root, found)];
  };
  expect(at("config.xml", 1)).toEqual(["image", "image"]);
  expect(at("config.xml", 3)).toEqual(["version", "preferences"]);
  expect(at("config.xml", 5)).toEqual(["size", "types"]);
  expect(at("config.xml", 11)).toEqual(["source", "repositories"]);
  expect(at("part.xml", 3)).toEqual(["strip", "more"]);
  expect(at("part.xml", 9)).toBe(null);
  const more = sections.find(({ id }) => id === "more");
  expect(more && partsOf(more, root)).toEqual([strip]);
  expect([holds(type, size), holds(size, type), holds(repository, size)]).toEqual([true, false, false]);
});

test("elements are called by what tells them from their like, and count what is wrong inside", () => {
  expect(titleOf(type)).toBe("type oem");
  expect(titleOf(repository)).toBe("repository https://x.org/");
  expect(titleOf(preferences)).toBe("preferences");
  expect(countErrors(preferences)).toBe(1);
});
