import { expect, test } from "vitest";
import { buildOptionsSchema } from "#lib/contracts/build-options.ts";
import { countOptions, newRepository, noOptions, readOptions } from "./options-draft.ts";

test("untouched fields are the usual options", () => {
  expect(readOptions(noOptions)).toEqual({ options: buildOptionsSchema.parse({}) });
  expect(countOptions(noOptions)).toBe(0);
});

test("fields become options", () => {
  const repository = { ...newRepository(1), source: "https://host/", priority: "7", user: "u", password: "p" };
  const draft = { ...noOptions, repositories: [repository], containerLabels: ["a=b=c"], addPackages: ["vim"] };
  expect(readOptions(draft)).toMatchObject({
    options: {
      addRepositories: [{ source: "https://host/", priority: 7, credentials: { user: "u", password: "p" } }],
      containerLabels: { a: "b=c" },
      addPackages: ["vim"],
    },
  });
  expect(countOptions(draft)).toBe(3);
});

test("mistakes stand at their fields", () => {
  const [first, second] = [newRepository(4), newRepository(9)].map((one) => ({ ...one, use: "replace" as const }));
  const draft = {
    ...noOptions,
    repositories: [{ ...first!, source: "/etc" }, { ...second!, source: "https://host/" }, newRepository(12)],
    addPackages: ["-x"],
    typeAttributes: ["filesystem"],
  };
  expect(Object.keys((readOptions(draft) as { errors: object }).errors).sort()).toEqual(
    ["addPackages", "repositories.12.source", "repositories.4.source", "repositories.9.use", "typeAttributes"].sort(),
  );
});
