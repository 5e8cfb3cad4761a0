import type { Build } from "../contracts/build.ts";
import type { RetentionPlan, RetentionPolicy } from "../contracts/retention.ts";

const DAY = 86_400_000;

/**
 * The results that a policy removes, oldest first, of the builds that have any. Builds that are marked as kept stay, and so
 * does the newest good one of each kind, whatever the policy says.
 */
export function planRetention(builds: readonly Build[], policy: RetentionPolicy, now: Date): RetentionPlan {
  const stored = builds
    .filter((build) => build.results.length > 0 && build.removed === null && build.endedAt !== null)
    .toSorted((a, b) => (a.endedAt ?? "").localeCompare(b.endedAt ?? ""));
  const bytesOf = ({ results }: Build) => results.reduce((sum, { size }) => sum + size, 0);
  const storedBytes = stored.reduce((sum, build) => sum + bytesOf(build), 0);
  const newer = newerOnes(stored);
  const due: RetentionPlan["due"] = [];
  let left = storedBytes;
  for (const build of stored) {
    const behind = newer.get(build.id) ?? 0;
    if (build.kept || behind === 0) continue;
    const age = now.getTime() - new Date(build.endedAt ?? "").getTime();
    const reason =
      policy.days !== null && age > policy.days * DAY
        ? `Results are removed after ${counted(policy.days, "day")}.`
        : policy.count !== null && behind >= policy.count
          ? `Of each image the results of ${counted(policy.count, "build")} are kept.`
          : policy.bytes !== null && left > policy.bytes
            ? `All results together may take ${Math.round(policy.bytes / 2 ** 30)} GiB, and these were the oldest.`
            : null;
    if (reason === null) continue;
    const bytes = bytesOf(build);
    left -= bytes;
    const name = [build.imageName ?? build.description, build.imageVersion, build.type].filter(Boolean).join(" ");
    due.push({ id: build.id, name, endedAt: build.endedAt ?? "", bytes, reason });
  }
  return { policy, storedBytes, due };
}

/** How many newer builds of the same kind have results, by the build's id. */
function newerOnes(stored: readonly Build[]): Map<string, number> {
  const seen = new Map<string, number>();
  const newer = new Map<string, number>();
  for (const build of stored.toReversed()) {
    const kind = JSON.stringify([build.description, build.type, build.profiles, build.architecture]);
    newer.set(build.id, seen.get(kind) ?? 0);
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
  }
  return newer;
}

const counted = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;
