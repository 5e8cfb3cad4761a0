import type { Build } from "#lib/contracts/build.ts";

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
