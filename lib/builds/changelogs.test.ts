import { expect, test } from "vitest";
import { newEntries, parseChangelogs } from "./changelogs.ts";

test("each package has the text below its name", () => {
  const logs = parseChangelogs(
    "bash|\nbash (5.2-2) unstable\n\n  * One | two.\n\nlibstdc++6|\ngcc-12 (12.2)\n\nempty|\n",
  );
  expect([...logs]).toEqual([
    ["bash", "bash (5.2-2) unstable\n\n  * One | two."],
    ["libstdc++6", "gcc-12 (12.2)"],
    ["empty", ""],
  ]);
});

test("new is what stands above the newest old entry", () => {
  const before = "bash (5.2-2)\n  * Old.";
  expect(newEntries(before, `bash (5.2-3)\n  * New.\n\n${before}`, 100)).toBe("bash (5.2-3)\n  * New.");
  expect(newEntries(before, `bash (5.2-3)\n  * New.\n\n${before}`, 4)).toBe("bash …");
});

test("nothing is said where the texts do not belong together", () => {
  expect(newEntries("bash (1)", "dash (2)", 100)).toBe("");
  expect(newEntries("", "dash (2)", 100)).toBe("");
  expect(newEntries("bash (1)", "bash (1)", 100)).toBe("");
});
