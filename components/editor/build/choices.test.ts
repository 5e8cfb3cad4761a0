import { expect, it } from "vitest";
import type { DescriptionFacts } from "#lib/contracts/description.ts";
import { activeProfiles, availableTypes } from "./choices.ts";

const profile = (name: string, requires: string[] = [], imported = false) => ({
  name,
  description: name,
  import: imported,
  requires,
});
const type = (image: string, profiles: string[] = [], primary = false) => ({ image, primary, profiles });

const facts: DescriptionFacts = {
  name: "demo",
  schemaVersion: "8.0",
  types: [
    type("tbz"),
    type("iso", ["Live"]),
    type("oem", ["Disk"]),
    type("oem", ["Base"]),
    type("docker", ["Base"], true),
  ],
  profiles: [profile("Live", ["Disk"]), profile("Disk", ["Base"]), profile("Base"), profile("Default", [], true)],
};
const images = (chosen: string[]) => availableTypes(facts, chosen).map(({ image }) => image);

it("adds what a profile requires, through all steps", () => {
  expect(activeProfiles(facts, ["Live"])).toEqual(new Set(["Live", "Disk", "Base"]));
});

it("takes the imported profiles only where none is chosen", () => {
  expect(activeProfiles(facts, [])).toEqual(new Set(["Default"]));
  expect(activeProfiles(facts, ["Base"])).toEqual(new Set(["Base"]));
  const needy = { ...facts, profiles: [profile("a", ["b"], true), profile("b")] };
  expect(activeProfiles(needy, [])).toEqual(new Set(["a"]));
});

it("survives profiles that require each other", () => {
  const circle = { ...facts, profiles: [profile("a", ["b"]), profile("b", ["a"])] };
  expect(activeProfiles(circle, ["a"])).toEqual(new Set(["a", "b"]));
});

it("offers the types of the active profiles, the primary one first, each once", () => {
  expect(images([])).toEqual(["tbz"]);
  expect(images(["Base"])).toEqual(["docker", "tbz", "oem"]);
  expect(images(["Live"])).toEqual(["docker", "tbz", "iso", "oem"]);
});
