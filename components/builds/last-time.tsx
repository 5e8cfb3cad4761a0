"use client";

import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Build } from "#lib/contracts/build.ts";
import { useTRPC } from "../trpc.tsx";
import { formatDuration } from "../ui/format.ts";
import { useNow } from "../ui/now.ts";
import { secondsLastTime, secondsLeft } from "./build-times.ts";

/** How long the same build took last time, and what is left if it takes as long: what the one who waits wants to know. */
export function LastTime({ build }: { build: Build }) {
  const trpc = useTRPC();
  const now = useNow(build.startedAt !== null, 5000);
  const earlier = useQuery(
    trpc.builds.list.queryOptions({ description: build.description, limit: 50 }, { staleTime: 600_000 }),
  );
  const seconds = earlier.data ? secondsLastTime(build, earlier.data.builds) : null;
  if (seconds === null) return null;
  const left = secondsLeft(build, seconds, now);
  return (
    <Text span inherit c="dimmed" title="An estimate: as long as the last good build of the same.">
      {` (last time ${formatDuration(seconds)}${left === null ? "" : `, about ${formatDuration(left)} left`})`}
    </Text>
  );
}
