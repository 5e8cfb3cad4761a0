"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useCallback, useEffect } from "react";
import { useTRPC } from "../trpc.tsx";

/** Milliseconds between a lost stream and the next one. */
const retryAfter = 2000;

/** Keeps every list of builds on the page true: each change of a state asks for the lists again. */
export function useBuildChanges(): void {
  const trpc = useTRPC();
  const client = useQueryClient();
  const refresh = useCallback(() => {
    void client.invalidateQueries(trpc.builds.list.queryFilter());
    void client.invalidateQueries(trpc.descriptions.list.queryFilter());
  }, [client, trpc]);
  const { status, reset } = useSubscription(trpc.builds.changes.subscriptionOptions(undefined, { onData: refresh }));

  useEffect(() => {
    if (status !== "error") return;
    const timer = setTimeout(() => {
      // A new stream tells of new changes only.
      refresh();
      reset();
    }, retryAfter);
    return () => clearTimeout(timer);
  }, [status, reset, refresh]);
}
