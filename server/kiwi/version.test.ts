import { expect, test } from "vitest";
import { compareVersions, type KiwiVersion, parseVersion } from "./version.ts";

test.for<[string, KiwiVersion | null]>([
  ["KIWI (next generation) version 11.1.6\n", [11, 1, 6]],
  ["KIWI (next generation) version 9.24.56", [9, 24, 56]],
  ["10.3", [10, 3, 0]],
  ["Usage: kiwi-ng", null],
  ["", null],
])("reads %j", ([text, expected]) => {
  expect(parseVersion(text)).toEqual(expected);
});

test("orders by number, not by text", () => {
  const versions: KiwiVersion[] = [
    [10, 3, 9],
    [9, 24, 56],
    [11, 1, 6],
    [9, 3, 1],
    [11, 1, 10],
  ];
  expect(versions.sort(compareVersions).map((version) => version.join("."))).toEqual([
    "9.3.1",
    "9.24.56",
    "10.3.9",
    "11.1.6",
    "11.1.10",
  ]);
});
