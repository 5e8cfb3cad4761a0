import { expect, test } from "vitest";
import { figureWords, notCounted } from "./phase-figures.ts";

const phase = { id: "load", label: "Load description", startedAt: "2026-01-01T10:00:00Z", endedAt: null };

test("names what a phase took, and leaves out what it did not need", () => {
  const figures = { cpuSeconds: 65.4, peakMemoryBytes: 5 * 2 ** 20, diskWrittenBytes: 0, networkReceivedBytes: 512 };
  expect(figureWords({ ...phase, ...figures })).toBe("CPU 1 min 05 s, memory 5.0 MiB, received 512 B");
  expect(figureWords(phase)).toBe("");
});

test("tells nothing from none: what no phase has a figure of is named", () => {
  expect(notCounted([])).toBeNull();
  expect(notCounted([{ ...phase, cpuSeconds: 0, diskWrittenBytes: 0 }, phase])).toBe(
    "This builder's kernel does not count: memory, received.",
  );
});
