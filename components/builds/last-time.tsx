"use client";

import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Build } from "#lib/contracts/build.ts";
import { useTRPC } from "../trpc.tsx";
import { formatDuration } from "../ui/format.ts";
import { secondsLastTime } from "./build-times.ts";

/** How long the same build took last time: what the one who waits wants to know. */
export function LastTime({ build }: { build: Build }) {
  const trpc = useTRPC();
  const earlier = useQuery(
    trpc.builds.list.queryOptions({ description: build.description, limit: 50 }, { staleTime: 600_000 }),
  );
  const seconds = earlier.data ? secondsLastTime(build, earlier.data.builds) : null;
  if (seconds === null) return null;
  return (
    <Text span inherit c="dimmed">
      {" "}
      (last time {formatDuration(seconds)})
    </Text>
  );
}
