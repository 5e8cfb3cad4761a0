import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { finishedBuild } from "#lib/builds/test-build.ts";
import type { Build, WatchEvent } from "#lib/contracts/build.ts";
import { emptyLog, type ShownLine } from "#lib/contracts/log.ts";
import { BuildFeed, type WatchHandlers } from "./build-feed.ts";

const build: Build = {
  ...finishedBuild,
  state: "running",
  queuedAt: "2026-01-01T00:00:00Z",
  startedAt: "2026-01-01T00:00:01Z",
  endedAt: null,
};
const rowOf = (number: number): ShownLine => ({
  number,
  kind: "continuation",
  level: null,
  time: null,
  text: String(number),
  style: 0,
  hidden: 0,
  progress: null,
  silence: null,
  output: 0,
  phase: false,
  hits: [],
});
/** News that the log has so many lines; of these it brings the last one. */
const line = (number: number, attempt = 0): WatchEvent => ({
  kind: "log",
  attempt,
  summary: { ...emptyLog, bytes: number * 2, lines: number, longest: 1 },
  rows: [rowOf(number)],
});

/** A stream that the test plays the backend's part of. */
function play() {
  const opened: { position: string | null; handlers: WatchHandlers; left: boolean }[] = [];
  const feed = new BuildFeed(
    (position, handlers) => {
      const stream = { position: position(), handlers, left: false };
      opened.push(stream);
      return {
        unsubscribe: () => {
          stream.left = true;
        },
      };
    },
    (error) => error === "no such build",
    () => () => Promise.resolve(null),
  );
  const texts = () => {
    const { rows } = feed.snapshot();
    return Array.from({ length: rows.total }, (_, row) => rows.row(row)?.text).join(" ");
  };
  feed.start();
  const send = (event: WatchEvent) => opened.at(-1)?.handlers.onEvent(event);
  return { feed, opened, send, texts };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("shows the build and its log, and is told once for many lines", async () => {
  const { feed, opened, send, texts } = play();
  const told = vi.fn<() => void>();
  feed.subscribe(told);
  expect(opened[0]?.position).toBe(null);
  send({ kind: "build", build });
  for (let number = 1; number <= 9; number++) send(line(number));
  await vi.runAllTimersAsync();
  expect(told).toHaveBeenCalledTimes(1);
  expect(feed.snapshot().build?.state).toBe("running");
  expect(texts()).toBe("1 2 3 4 5 6 7 8 9");
  expect(feed.snapshot().connection.kind).toBe("live");
});

test("what comes twice, or from a stream that is behind, does no harm; another attempt begins anew", async () => {
  const { feed, send, texts } = play();
  send({ kind: "build", build });
  for (const number of [1, 2, 3, 2, 3]) send(line(number));
  await vi.runAllTimersAsync();
  expect(texts()).toBe("1 2 3");
  expect(feed.position()).toBe("3:0:6");
  send(line(1, 1));
  send(line(4, 0));
  await vi.runAllTimersAsync();
  expect(texts()).toBe("1");
  expect(feed.snapshot().log.attempt).toBe(1);
});

test("tries again after an error, but not after a refusal", async () => {
  const { feed, opened } = play();
  opened[0]?.handlers.onError("bad gateway");
  await vi.runAllTimersAsync();
  expect(opened.length).toBe(2);
  expect(feed.snapshot().connection).toEqual({ kind: "reconnecting" });
  opened[1]?.handlers.onError("no such build");
  await vi.runAllTimersAsync();
  expect(opened.length).toBe(2);
  expect(feed.snapshot().connection).toEqual({ kind: "refused", error: "no such build" });
});

test("the log's end is the end", async () => {
  const { feed, opened, send } = play();
  send({ kind: "build", build });
  send(line(1));
  send({ kind: "end", attempt: 0, bytes: 2, sha256: "x" });
  opened[0]?.handlers.onEnd();
  await vi.runAllTimersAsync();
  expect(feed.snapshot().log.end).toEqual({ bytes: 2, sha256: "x" });
  expect(feed.snapshot().connection.kind).toBe("ended");
});

test("a stream that ends before the log does is opened again", async () => {
  const { feed, opened, send } = play();
  send({ kind: "build", build });
  send(line(1));
  opened[0]?.handlers.onEnd();
  await vi.runAllTimersAsync();
  expect(opened.map(({ position }) => position)).toEqual([null, "3:0:2"]);
  expect(feed.snapshot().connection.kind).toBe("reconnecting");
});

test("after it was stopped nothing changes", async () => {
  const { feed, opened, send } = play();
  feed.stop();
  send(line(2));
  opened[0]?.handlers.onError("bad gateway");
  await vi.runAllTimersAsync();
  expect(opened.length).toBe(1);
  expect(feed.snapshot().log.summary.lines).toBe(0);
  expect(feed.position()).toBe(null);
});
