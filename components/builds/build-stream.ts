"use client";

import { useEffect, useMemo, useSyncExternalStore } from "react";
import { errorStatus, useTRPCClient } from "../trpc.tsx";
import { BuildFeed, type FeedSnapshot } from "./build-feed.ts";

/** The live state of one build. */
export function useBuild(id: string): FeedSnapshot {
  const client = useTRPCClient();
  const feed = useMemo(
    () =>
      new BuildFeed(
        (position, { onEvent, onOpen, onLost, onEnd, onError }) =>
          client.builds.watch.subscribe(
            { id, lastEventId: position },
            {
              onData: ({ data }) => onEvent(data),
              onComplete: onEnd,
              onError,
              onConnectionStateChange: ({ state }) => (state === "connecting" ? onLost() : undefined),
              onStarted: onOpen,
            },
          ),
        (error) => [400, 401, 403, 404].includes(errorStatus(error) ?? 0),
      ),
    [client, id],
  );
  useEffect(() => {
    feed.start();
    return () => feed.stop();
  }, [feed]);
  return useSyncExternalStore(feed.subscribe, feed.snapshot, feed.snapshot);
}
