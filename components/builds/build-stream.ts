"use client";

import { useEffect, useMemo, useSyncExternalStore } from "react";
import { errorStatus, useTRPCClient } from "../trpc.tsx";
import { BuildFeed, type FeedSnapshot } from "./build-feed.ts";
import { shareWatch } from "./shared-watch.ts";

/** The live state of one build. */
export function useBuild(id: string): FeedSnapshot {
  const client = useTRPCClient();
  const feed = useMemo(() => {
    const watch = shareWatch(`kiwi-workbench/build/${id}`, (position, { onEvent, onOpen, onLost, onEnd, onError }) =>
      client.builds.watch.subscribe(
        { id, lastEventId: position() },
        {
          onData: ({ data }) => onEvent(data),
          onComplete: onEnd,
          onError,
          onConnectionStateChange: ({ state }) => (state === "connecting" ? onLost() : undefined),
          onStarted: onOpen,
        },
      ),
    );
    return new BuildFeed(
      watch,
      (error) => [400, 401, 403, 404].includes(errorStatus(error) ?? 0),
      (attempt) => (request) => client.logs.window.query({ build: id, attempt, ...request }),
    );
  }, [client, id]);
  useEffect(() => {
    feed.start();
    return () => feed.stop();
  }, [feed]);
  return useSyncExternalStore(feed.subscribe, feed.snapshot, feed.snapshot);
}
