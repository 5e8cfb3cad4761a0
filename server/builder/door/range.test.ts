import { expect, it } from "vitest";
import { parseRange } from "./range.ts";

it.each([
  ["bytes=0-0", { start: 0, end: 1 }],
  ["bytes=2-4", { start: 2, end: 5 }],
  ["bytes=2-", { start: 2, end: 10 }],
  ["bytes=2-99", { start: 2, end: 10 }],
  ["bytes=-3", { start: 7, end: 10 }],
  ["bytes=-99", { start: 0, end: 10 }],
  ["bytes=10-", "unsatisfiable"],
  ["bytes=-0", "unsatisfiable"],
])("takes %s of ten bytes", (header, range) => expect(parseRange(header, 10)).toEqual(range));

it.each([undefined, "", "bytes=", "bytes=-", "bytes=4-2", "bytes=0-1,3-4", "lines=0-1", "bytes=a-b"])(
  "sends the whole file for %s",
  (header) => expect(parseRange(header, 10)).toBeNull(),
);

it("has no part of an empty file to send", () => expect(parseRange("bytes=0-", 0)).toBe("unsatisfiable"));
