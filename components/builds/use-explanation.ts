"use client";

import { useQuery } from "@tanstack/react-query";
import { isFinal } from "#lib/builds/state.ts";
import type { Build } from "#lib/contracts/build.ts";
import type { Explanation } from "#lib/contracts/failure-rule.ts";
import { useTRPC } from "../trpc.tsx";

/** What is known of why a build ended as it did; nothing while it goes on. */
export function useExplanation(build: Build): { cause: Explanation | null; warnings: Explanation[] } {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.builds.explanation.queryOptions({ id: build.id }, { enabled: isFinal(build.state), staleTime: 60_000 }),
  );
  const all = data?.explanations ?? [];
  return {
    cause: all.find(({ severity }) => severity === "failure") ?? null,
    warnings: all.filter(({ severity }) => severity === "warning"),
  };
}
