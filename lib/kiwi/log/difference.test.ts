import { expect, test } from "vitest";
import { firstDifferences, withoutNoise } from "./difference.ts";
import { KiwiLog } from "./log.ts";

function logOf(...lines: string[]): KiwiLog {
  const log = new KiwiLog();
  log.append(lines.map((line) => `[ DEBUG   ]: 10:00:01 | ${line}\n`).join(""));
  log.finish();
  return log;
}

test.each([
  ["Fetched 13.4 MB in 7s (1921 kB/s)", "Fetched 9 MB in 12s (750 kB/s)"],
  [
    "EXEC: [rm -r /b/01a20f0f-2403-7a15-92c8-e5fcab2c88f5/0/x]",
    "EXEC: [rm -r /b/0b000000-2403-7a15-92c8-e5fcab2c88f6/0/x]",
  ],
  ["EXEC: [mount /var/tmp/kiwi_mount_manager.abcd1234]", "EXEC: [mount /var/tmp/kiwi_mount_manager.zyxw9876]"],
  ["losetup /dev/loop3 at 0x7f00", "losetup /dev/loop12 at 0x8a11"],
  ["sha 5d41402abc4b2a76b9719d911017c592", "sha 7d793037a0760186574b0282f2f435e7"],
])("%s is the same as %s", (one, other) => {
  expect(withoutNoise(one)).toBe(withoutNoise(other));
});

test.each([
  ["Setting up apt (2.6.1)", "Setting up bash (5.2)"],
  ["E: Unable to locate package vim", "E: Unable to locate package nano"],
  ["module livenet", "module dmsquash"],
])("%s is not the same as %s", (one, other) => {
  expect(withoutNoise(one)).not.toBe(withoutNoise(other));
});

test("the first line that a good build did not have is found, whatever the order of the others", () => {
  const good = logOf("a 1", "Looking for cp in /bin", "Get:1 https://x y [12 kB]", "b", "c");
  const bad = logOf("a 2", "b", "Looking for mv in /bin", "Get:7 https://x y [9 kB]", "E: broken", "E: broken", "end");
  expect(firstDifferences(bad, good, 5)).toEqual([
    { line: 5, text: "E: broken" },
    { line: 7, text: "end" },
  ]);
  expect(firstDifferences(bad, good, 1)).toHaveLength(1);
  expect(firstDifferences(good, good, 5)).toEqual([]);
});
