import { expect, test } from "vitest";
import type { Build } from "../contracts/build.ts";
import type { RetentionPolicy } from "../contracts/retention.ts";
import { planRetention } from "./retention.ts";
import { finishedBuild } from "./test-build.ts";

const NOW = new Date("2026-03-01T00:00:00.000Z");
const never: RetentionPolicy = { days: null, count: null, bytes: null };

/** Builds of one gibibyte, the first one the oldest; the last one ended today. */
function builds(...parts: Partial<Build>[]): Build[] {
  return parts.map((part, index) => ({
    ...finishedBuild,
    id: `0199b6a2-0000-7000-8000-00000000000${index}`,
    endedAt: new Date(NOW.getTime() - (parts.length - 1 - index) * 86_400_000).toISOString(),
    results: [{ key: "disk_image", name: "x.raw", size: 2 ** 30, sha256: "aa" }],
    ...part,
  }));
}

const due = (list: Build[], policy: Partial<RetentionPolicy>) =>
  planRetention(list, { ...never, ...policy }, NOW).due.map(({ id }) => Number(id.at(-1)));

test("without a policy everything stays", () => {
  expect(due(builds({}, {}, {}), {})).toEqual([]);
});

test("results go by age, number and size, the oldest first", () => {
  const four = builds({}, {}, {}, {});
  expect(due(four, { days: 2 })).toEqual([0]);
  expect(due(four, { count: 2 })).toEqual([0, 1]);
  expect(due(four, { bytes: 2.5 * 2 ** 30 })).toEqual([0, 1]);
  expect(planRetention(four, { ...never, count: 1 }, NOW)).toMatchObject({
    storedBytes: 4 * 2 ** 30,
    due: [{ bytes: 2 ** 30, reason: "Of each image the results of 1 build are kept." }, {}, {}],
  });
});

test("what is marked, what is the newest of its kind, and what has gone before does not go", () => {
  const list = builds({ kept: true }, { type: "iso" }, { removed: { at: NOW.toISOString(), reason: "x" } }, {}, {});
  expect(due(list, { days: 1, count: 1, bytes: 1 })).toEqual([3]);
});
