import { expect, test } from "vitest";
import { typeObstacle } from "./type-obstacle.ts";

const ready = { ready: true, missingTools: [], obstacles: [] };
const types = [
  { type: "tbz", ...ready },
  { type: "oem (bios)", ...ready },
  { type: "oem (efi)", ready: false, missingTools: [], obstacles: ["The kernel of this host cannot mount vfat."] },
  { type: "iso", ready: false, missingTools: ["xorriso", "mcopy"], obstacles: ["This host has no loop devices."] },
];

test("says of a type that the builder cannot make what is missing, and of no other", () => {
  expect(typeObstacle("tbz", types)).toBeNull();
  expect(typeObstacle("iso", types)).toBe("xorriso, mcopy missing; This host has no loop devices");
  expect(typeObstacle("appx", types)).toMatch(/no builder/);
});

test("a disk that can be made in one way can be made", () => {
  expect(typeObstacle("oem", types)).toBeNull();
  expect(typeObstacle("oem", types.slice(2))).toBe("The kernel of this host cannot mount vfat");
});

test("nothing is said before the builder has answered", () => {
  expect(typeObstacle("iso", undefined)).toBeNull();
});
