import { expect, it } from "vitest";
import type { Problem } from "#lib/contracts/problem.ts";
import { filterProblems, groupByFile, layersOf, noFilter } from "./problem-filter.ts";

const problem = (file: string, severity: Problem["severity"], layer: Problem["layer"], message: string) => ({
  ...{ file, severity, layer, message, code: `${layer}-code`, ofImage: true },
  ...{ line: 1, column: 1, endLine: 1, endColumn: 2 },
});
const problems = [
  problem("config.xml", "error", "relaxng", "The attribute is not allowed."),
  problem("config.xml", "info", "lint", "Listed twice."),
  problem("config.sh", "warning", "shell", "Double quote to prevent globbing."),
];
const messages = (filter: Partial<typeof noFilter>) =>
  filterProblems(problems, { ...noFilter, ...filter }).map(({ message }) => message.split(" ")[0]);

it("keeps everything at first", () => {
  expect(messages({})).toEqual(["The", "Listed", "Double"]);
});

it("goes by severity, layer and words of message, code and file", () => {
  expect(messages({ hidden: new Set(["error"]) })).toEqual(["Listed", "Double"]);
  expect(messages({ layer: "shell" })).toEqual(["Double"]);
  expect(messages({ text: "ALLOWED attribute" })).toEqual(["The"]);
  expect(messages({ text: "lint-code" })).toEqual(["Listed"]);
  expect(messages({ text: "config.sh quote" })).toEqual(["Double"]);
  expect(messages({ text: "nothing" })).toEqual([]);
});

it("knows what there is to filter by, and groups by file", () => {
  expect(layersOf(problems)).toEqual(["relaxng", "lint", "shell"]);
  expect(groupByFile(problems).map(({ file, problems }) => [file, problems.length])).toEqual([
    ["config.xml", 2],
    ["config.sh", 1],
  ]);
});
