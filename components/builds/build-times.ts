import type { Build } from "#lib/contracts/build.ts";
import { formatCount } from "../ui/format.ts";

/** What a build was asked to make: builds with the same wish take about the same time. */
const wishOf = ({ description, type, profiles, architecture }: Build) =>
  JSON.stringify([description, type, profiles, architecture]);

/** Seconds that the newest of `builds` took which succeeded with the same wish; null if there is none. */
export function secondsLastTime(build: Build, builds: readonly Build[]): number | null {
  const wish = wishOf(build);
  const same = builds.filter((one) => one.id !== build.id && one.state === "succeeded" && wishOf(one) === wish);
  const newest = same.sort((a, b) => b.queuedAt.localeCompare(a.queuedAt))[0];
  return newest ? buildSeconds(newest, 0) : null;
}

/** Seconds from start to end, or to `now` (milliseconds) while it goes on; null before the start. */
export function buildSeconds(build: Pick<Build, "startedAt" | "endedAt">, now: number): number | null {
  if (build.startedAt === null) return null;
  const end = build.endedAt === null ? now : Date.parse(build.endedAt);
  return Math.max(0, (end - Date.parse(build.startedAt)) / 1000);
}

/**
 * Seconds that a build goes on if it takes as long as the last one, in steps of five: it is an estimate. Null before the
 * start, and where it takes longer already.
 */
export function secondsLeft(build: Pick<Build, "startedAt" | "endedAt">, lastTime: number, now: number): number | null {
  const spent = buildSeconds(build, now);
  if (spent === null || spent >= lastTime) return null;
  return Math.ceil((lastTime - spent) / 5) * 5;
}

/** What a build waits for, in words. */
export function waitingWords({ before, running, slots }: { before: number; running: number; slots: number }): string {
  const atATime = `${slots} at a time ${slots === 1 ? "is" : "are"} built`;
  if (before > 0) return `${formatCount(before, "build")} before it, ${running} running (${atATime})`;
  return running >= slots ? `a running build to end (${atATime})` : "the builder, which takes it next";
}
