import { expect, it } from "vitest";
import type { BuilderStatus } from "#lib/contracts/builder.ts";
import type { FileProblem } from "../language/protocol.ts";
import { buildObstacle } from "./obstacle.ts";

const ready: BuilderStatus = {
  online: true,
  problem: null,
  hostName: "builder",
  architecture: "x86_64",
  kiwi: null,
  missingOptions: [],
  runtimes: [],
  slots: 1,
  running: [],
};
const problem: FileProblem = {
  file: "config.xml",
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 2,
  severity: "error",
  layer: "relaxng",
  code: "element-not-allowed",
  message: "no",
  ofImage: true,
};

it("lets a sound description be built on a ready builder", () => {
  expect(buildObstacle(ready, false, [])).toBeNull();
});

it("passes on what the builder says of itself", () => {
  expect(buildObstacle({ ...ready, problem: "There is no KIWI." }, false, [])).toBe("There is no KIWI.");
  expect(buildObstacle(undefined, true, [])).toMatch(/cannot be reached/);
});

it("stops at errors of the image only", () => {
  expect(buildObstacle(ready, false, [problem, problem])).toMatch(/2 errors/);
  expect(buildObstacle(ready, false, [{ ...problem, severity: "warning" }])).toBeNull();
  expect(buildObstacle(ready, false, [{ ...problem, ofImage: false }])).toBeNull();
  expect(buildObstacle(ready, false, [{ ...problem, only: "the type iso" }])).toBeNull();
});
