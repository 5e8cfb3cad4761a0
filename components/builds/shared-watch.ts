import type { WatchEvent } from "#lib/contracts/build.ts";
import type { Watch } from "./build-feed.ts";

type Message = { kind: "hello" } | { kind: "event"; event: WatchEvent } | { kind: "lost" } | { kind: "end" };

/** Milliseconds after which a tab that is told nothing opens a stream of its own. */
const patience = 2000;

/**
 * Several tabs that watch the same build share one stream, as a browser has few connections for one server: the tab that
 * holds the lock of that name has the stream and tells the others. When it is closed or dies, the browser gives the lock
 * to the next one, which goes on at its own position. Where there are no locks, as without TLS on a foreign host, each tab
 * has its own stream.
 */
export function shareWatch(name: string, watch: Watch): Watch {
  if (!("locks" in navigator) || typeof BroadcastChannel === "undefined") return watch;
  return (position, handlers) => {
    const left = new AbortController();
    const channel = new BroadcastChannel(name);
    const tell = (message: Message) => {
      if (!left.signal.aborted) channel.postMessage(message);
    };
    let stream: { unsubscribe: () => void } | null = null;
    let leads = false;
    let ended = false;
    const last = new Map<WatchEvent["kind"], WatchEvent>();
    const open = () => {
      stream ??= watch(position, {
        ...handlers,
        onEvent(event) {
          last.set(event.kind, event);
          if (leads) tell({ kind: "event", event });
          handlers.onEvent(event);
        },
        onLost() {
          if (leads) tell({ kind: "lost" });
          handlers.onLost();
        },
        onEnd() {
          ended = true;
          if (leads) tell({ kind: "end" });
          handlers.onEnd();
        },
      });
    };
    const waiting = setTimeout(open, patience);

    channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.kind === "hello") {
        if (!leads) return;
        for (const kind of ["build", "log", "end"] as const) {
          const event = last.get(kind);
          if (event) tell({ kind: "event", event });
        }
        if (ended) tell({ kind: "end" });
        return;
      }
      if (leads || stream) return;
      clearTimeout(waiting);
      if (data.kind === "event") handlers.onEvent(data.event);
      else if (data.kind === "lost") handlers.onLost();
      else handlers.onEnd();
    };
    tell({ kind: "hello" });
    navigator.locks
      .request(name, { signal: left.signal }, async () => {
        leads = true;
        clearTimeout(waiting);
        open();
        await new Promise((done) => left.signal.addEventListener("abort", done));
      })
      .catch(() => undefined);
    return {
      unsubscribe() {
        clearTimeout(waiting);
        stream?.unsubscribe();
        left.abort();
        channel.close();
      },
    };
  };
}
