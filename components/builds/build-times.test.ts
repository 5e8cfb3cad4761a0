import { expect, test } from "vitest";
import { finishedBuild } from "#lib/builds/test-build.ts";
import type { Build } from "#lib/contracts/build.ts";
import { buildSeconds, secondsLastTime, secondsLeft, waitingWords } from "./build-times.ts";

const build: Build = {
  ...finishedBuild,
  state: "running",
  queuedAt: "2026-01-09T00:00:00Z",
  startedAt: "2026-01-09T00:00:01Z",
  endedAt: null,
};
const earlier = (day: number, seconds: number, different: Partial<Build> = {}): Build => ({
  ...build,
  id: `0199b6a2-0000-7000-8000-00000000000${day}`,
  state: "succeeded",
  queuedAt: `2026-01-0${day}T00:00:00Z`,
  startedAt: `2026-01-0${day}T01:00:00.000Z`,
  endedAt: new Date(Date.parse(`2026-01-0${day}T01:00:00.000Z`) + seconds * 1000).toISOString(),
  ...different,
});

test("the duration of a build that waits, goes on, has ended", () => {
  expect(buildSeconds({ startedAt: null, endedAt: null }, 0)).toBe(null);
  expect(buildSeconds(build, Date.parse("2026-01-09T00:00:31Z"))).toBe(30);
  expect(buildSeconds(earlier(1, 70), 0)).toBe(70);
  // The browser's clock may be behind.
  expect(buildSeconds(build, 0)).toBe(0);
});

test("last time is the newest success with the same wish", () => {
  const builds = [
    earlier(1, 10),
    earlier(3, 30),
    earlier(2, 20),
    earlier(4, 40, { state: "failed" }),
    earlier(5, 50, { type: "iso" }),
    earlier(6, 60, { profiles: ["Live"] }),
    build,
  ];
  expect(secondsLastTime(build, builds)).toBe(30);
  expect(secondsLastTime(build, [build])).toBe(null);
});

test("what is left is estimated in steps, and not at all once the build takes longer", () => {
  const at = (seconds: number) => Date.parse(build.startedAt ?? "") + seconds * 1000;
  expect(secondsLeft(build, 100, at(0))).toBe(100);
  expect(secondsLeft(build, 100, at(41))).toBe(60);
  expect(secondsLeft(build, 100, at(100))).toBeNull();
  expect(secondsLeft({ startedAt: null, endedAt: null }, 100, at(0))).toBeNull();
});

test("a build that waits says what for", () => {
  expect(waitingWords({ before: 2, running: 1, slots: 1 })).toBe(
    "2 builds before it, 1 running (1 at a time is built)",
  );
  expect(waitingWords({ before: 0, running: 2, slots: 2 })).toBe("a running build to end (2 at a time are built)");
  expect(waitingWords({ before: 0, running: 0, slots: 1 })).toBe("the builder, which takes it next");
});
