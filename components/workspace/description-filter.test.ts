import { expect, test } from "vitest";
import type { Description } from "#lib/contracts/description.ts";
import { matches, typeNames } from "./description-filter.ts";

const type = { primary: false, profiles: [] };
const description: Description = {
  id: "cloud/debian/config.xml",
  folder: "cloud/debian",
  file: "config.xml",
  format: "xml",
  facts: {
    name: "Bookworm-Server",
    schemaVersion: "8.0",
    types: [
      { image: "oem", format: "qcow2", ...type },
      { image: "oem", format: "qcow2", ...type },
      { image: "iso", ...type },
    ],
    profiles: [{ name: "KVM", description: "", import: false, requires: [] }],
  },
};

test.each(["", "bookworm", "DEBIAN", "kvm", "qcow2 cloud", "  iso "])("%j matches", (filter) => {
  expect(matches(description, filter)).toBe(true);
});

test.each(["fedora", "bookworm vmdk"])("%j does not match", (filter) => {
  expect(matches(description, filter)).toBe(false);
});

test("a broken description is found by its path", () => {
  const broken: Description = { id: "x/a.kiwi", folder: "x", file: "a.kiwi", format: "xml", error: "not XML" };
  expect(matches(broken, "a.kiwi")).toBe(true);
  expect(typeNames(broken)).toEqual([]);
});

test("types are named once", () => {
  expect(typeNames(description)).toEqual(["oem (qcow2)", "iso"]);
});
