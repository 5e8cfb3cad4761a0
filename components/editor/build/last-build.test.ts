import { expect, it } from "vitest";
import type { Build } from "#lib/contracts/build.ts";
import type { DescriptionFacts } from "#lib/contracts/description.ts";
import { lastBuildOf } from "./last-build.ts";

const facts: DescriptionFacts = {
  name: "demo",
  schemaVersion: "8.5",
  types: [
    { image: "oem", primary: false, profiles: ["Disk"] },
    { image: "iso", primary: true, profiles: ["Live"] },
  ],
  profiles: [
    { name: "Disk", description: "", import: true, requires: [] },
    { name: "Live", description: "", import: false, requires: ["Disk"] },
  ],
};
const build = (id: string, queuedAt: string, type: string | null, profiles: string[]) =>
  ({ id, queuedAt, type, profiles }) as Build;

const builds = [
  build("old", "2026-01-01", "oem", ["Disk"]),
  build("chosen by KIWI", "2026-01-02", null, []),
  build("live", "2026-01-03", null, ["Live"]),
];

it("is the newest one that made the type, whoever chose it", () => {
  expect(lastBuildOf({ image: "oem", profiles: ["Disk"] }, builds, facts)?.id).toBe("chosen by KIWI");
  expect(lastBuildOf({ image: "iso", profiles: ["Live"] }, builds, facts)?.id).toBe("live");
});

it("is none of another type, or of other profiles", () => {
  expect(lastBuildOf({ image: "docker", profiles: [] }, builds, facts)).toBeUndefined();
  expect(lastBuildOf({ image: "oem", profiles: ["Other"] }, builds, facts)).toBeUndefined();
});
