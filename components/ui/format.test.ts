import { expect, test } from "vitest";
import { formatAgo, formatBytes, formatClock, formatCommand, formatCount, formatDuration } from "./format.ts";

test.each([
  [0, "0 s"],
  [-5, "0 s"],
  [59.9, "59 s"],
  [60, "1 min 00 s"],
  [3599, "59 min 59 s"],
  [3600, "1 h 00 min"],
  [7620, "2 h 07 min"],
  [273600, "3 d 4 h"],
])("%d seconds are %s", (seconds, words) => {
  expect(formatDuration(seconds)).toBe(words);
});

test.each([
  [0, "0 B"],
  [1023, "1023 B"],
  [1024, "1.0 KiB"],
  [1536, "1.5 KiB"],
  [102_400, "100 KiB"],
  [1_048_575, "1.0 MiB"],
  [734 * 1024 * 1024, "734 MiB"],
  [5 * 1024 ** 4, "5.0 TiB"],
])("%d bytes are %s", (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});

test("how long ago", () => {
  const now = Date.parse("2026-01-02T12:00:00Z");
  expect(formatAgo("2026-01-02T11:59:50Z", now)).toBe("just now");
  expect(formatAgo("2026-01-02T11:59:10Z", now)).toBe("1 min ago");
  expect(formatAgo("2026-01-02T09:00:00Z", now)).toBe("3 h ago");
  expect(formatAgo("2025-12-30T12:00:00Z", now)).toBe("3 d ago");
  // Clocks of two machines differ; the future is not shown as such.
  expect(formatAgo("2026-01-02T12:00:30Z", now)).toBe("just now");
});

test("a clock starts again at midnight", () => {
  expect(formatClock(86_399)).toBe("23:59:59");
  expect(formatClock(86_403)).toBe("00:00:03");
});

test("a command line can be pasted", () => {
  expect(formatCommand(["kiwi-ng", "--profile", "a b", "it's", ""])).toBe(`kiwi-ng --profile 'a b' 'it'\\''s' ''`);
});

test("counts", () => {
  expect(formatCount(1, "line")).toBe("1 line");
  expect(formatCount(12_345, "line")).toBe("12,345 lines");
  expect(formatCount(2, "match", "matches")).toBe("2 matches");
});
