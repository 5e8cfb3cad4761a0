"use client";

import { useQuery } from "@tanstack/react-query";
import type { Build } from "#lib/contracts/build.ts";
import { useTRPC } from "../trpc.tsx";
import { waitingWords } from "./build-times.ts";

/** What a build waits for that is not yet begun. */
export function QueuePlace({ build }: { build: Build }) {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.builds.queue.queryOptions({ id: build.id }, { refetchInterval: 3000 }));
  if (error) return "the builder, which does not answer now";
  return data ? waitingWords(data) : "…";
}
