import { expect, test } from "vitest";
import { type BuildOptionsInput, buildOptionsSchema } from "../contracts/build-options.ts";
import { type BuildInputs, differentInputs } from "./same-build.ts";

const mirror = "https://mirror.example.org/debian";
const options = (input: BuildOptionsInput = {}) => buildOptionsSchema.parse(input);
const inputs: BuildInputs = {
  snapshot: "aa",
  profiles: ["Small"],
  type: "tbz",
  architecture: "x86_64",
  options: options(),
  kiwiVersion: "11.1.6",
  sources: { [mirror]: "bb" },
};

test("a build of the same inputs has no difference", () => {
  expect(differentInputs(inputs, { ...inputs, profiles: ["Small"], sources: { [mirror]: "bb" } })).toEqual([]);
  expect(differentInputs({ ...inputs, sources: {} }, { ...inputs, sources: {} })).toEqual([]);
});

test.for<[string, Partial<BuildInputs>, RegExp]>([
  ["another file", { snapshot: "ab" }, /Files of the description/],
  ["another profile", { profiles: [] }, /Something else/],
  ["another type", { type: "oem" }, /Something else/],
  ["another architecture", { architecture: "aarch64" }, /Something else/],
  ["another KIWI", { kiwiVersion: "11.1.7" }, /KIWI 11\.1\.6/],
  ["one more package", { options: options({ addPackages: ["vim"] }) }, /options/],
  ["an attribute of the type", { options: options({ typeAttributes: { compressed: "true" } }) }, /options/],
  ["a variable", { options: options({ environment: { DEBUG: "1" } }) }, /options/],
  ["a newer repository", { sources: { [mirror]: "bc" } }, /repository .*mirror.* has changed/],
  ["a repository that does not answer", { sources: { [mirror]: null } }, /cannot be told/],
  ["one more repository", { sources: { [mirror]: "bb", "https://other.example.org": "cc" } }, /cannot be told/],
  ["a builder that cannot tell", { sources: null }, /not known/],
])("%s is a difference, and named", ([, change, words]) => {
  expect(differentInputs(inputs, { ...inputs, ...change }).join(" ")).toMatch(words);
  expect(differentInputs({ ...inputs, ...change }, inputs)).toHaveLength(1);
});

test("neither the order in which options were stored, nor how the build ran, is a difference", () => {
  const labels = { a: "1", b: "2" };
  const one = options({ containerLabels: labels, debug: false, runtime: "namespaces" });
  const other = options({ containerLabels: { b: "2", a: "1" } });
  expect(differentInputs({ ...inputs, options: one }, { ...inputs, options: other })).toEqual([]);
});

test("a password that is not stored is none either", () => {
  const login = (password: string) =>
    options({ addRepositories: [{ source: mirror, credentials: { user: "me", password } }] });
  expect(differentInputs({ ...inputs, options: login("") }, { ...inputs, options: login("secret") })).toEqual([]);
});
