import { expect, test } from "vitest";
import { chainTo, usersOf } from "./why.ts";

const needs: Record<string, string[]> = {
  curl: ["libcurl4", "libc6"],
  libcurl4: ["libssl3", "libc6"],
  libssl3: ["libc6"],
  libc6: ["libgcc"],
  libgcc: ["libc6"],
  lonely: [],
};
const packages = Object.entries(needs).map(([name, requires]) => ({
  name,
  version: "1",
  architecture: null,
  bytes: 0,
  requires,
}));

test("the shortest chain from what the description names", () => {
  expect(chainTo(packages, new Set(["curl"]), "libssl3")).toEqual(["curl", "libcurl4", "libssl3"]);
  expect(chainTo(packages, new Set(["curl", "libcurl4"]), "libssl3")).toEqual(["libcurl4", "libssl3"]);
  expect(chainTo(packages, new Set(["curl"]), "curl")).toEqual(["curl"]);
});

test("circles end, and what nobody named needs has no chain", () => {
  expect(chainTo(packages, new Set(["lonely"]), "libgcc")).toBe(null);
  expect(chainTo(packages, new Set(["curl"]), "lonely")).toBe(null);
  expect(usersOf(packages, "libc6")).toEqual(["curl", "libcurl4", "libgcc", "libssl3"]);
});
