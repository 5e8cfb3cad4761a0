import { expect, test } from "vitest";
import type { Template } from "#lib/contracts/template.ts";
import { checkForm, formFor } from "./new-description.ts";

const template: Template = {
  id: "debian",
  title: "Debian",
  summary: "",
  packageManager: "apt",
  types: ["tbz"],
  fields: { repository: { label: "Repository", help: "", default: "https://example.org/debian" } },
};

test("the template's own values are a valid wish, without fields that it does not ask for", () => {
  expect(checkForm(template, formFor(template)).wish).toEqual({
    template: "debian",
    folder: "my-debian",
    name: "my-debian",
    version: "1.0.0",
    repository: "https://example.org/debian",
  });
});

test.each([
  ["folder", "../outside"],
  ["folder", "/absolute"],
  ["folder", " "],
  ["name", "with space"],
  ["version", "one"],
  ["repository", "no address"],
  ["repository", ""],
] as const)("%s may not be %j", (field, value) => {
  const { wish, errors } = checkForm(template, { ...formFor(template), [field]: value });
  expect(wish).toBe(null);
  expect(Object.keys(errors ?? {})).toEqual([field]);
  expect(errors?.[field]).toMatch(/\w/);
});

test("spaces around a value are dropped", () => {
  expect(checkForm(template, { ...formFor(template), name: " a " }).wish?.name).toBe("a");
});
