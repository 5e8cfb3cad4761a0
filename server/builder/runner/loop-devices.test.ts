import { expect, test } from "vitest";
import { isBackedBelow } from "./loop-devices.ts";

const ATTEMPT = "/var/lib/kiwi-workbench/builds/0190f7a2-5c1b-7e7e-8f00-1234567890ab/0";
const device = (backingFile: string | null) => ({ name: "loop0", backingFile, partitions: [] });

test.for([
  [`${ATTEMPT}/target/disk.raw`, true],
  [`${ATTEMPT}/target/disk.raw (deleted)`, true],
  // As the kernel tells it when the mount that held the data folder is gone with its namespace.
  ["/kiwi-workbench/builds/0190f7a2-5c1b-7e7e-8f00-1234567890ab/0/target/disk.raw", true],
  ["/kiwi-workbench/builds/0190f7a2-5c1b-7e7e-8f00-1234567890ab/01/target/disk.raw", false],
  [`${ATTEMPT}1/target/disk.raw`, false],
  ["/home/somebody/disk.raw", false],
  [null, false],
] as const)("a device of %s belongs to the attempt: %s", ([file, expected]) => {
  expect(isBackedBelow(device(file), ATTEMPT)).toBe(expected);
});

test("outside of attempts only the whole path counts", () => {
  expect(isBackedBelow(device("/other/data/0/disk.raw"), "/srv/data/0")).toBe(false);
});
