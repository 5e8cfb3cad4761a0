import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Build, WatchEvent } from "#lib/contracts/build.ts";
import { buildOptionsSchema } from "#lib/contracts/build-options.ts";
import { BuildFeed, type WatchHandlers } from "./build-feed.ts";

const build: Build = {
  id: "0199b6a2-0000-7000-8000-000000000000",
  description: "a/config.xml",
  imageName: "a",
  imageVersion: "1.0.0",
  profiles: [],
  type: "tbz",
  architecture: "x86_64",
  state: "running",
  reason: null,
  exitCode: null,
  requestedBy: "someone",
  queuedAt: "2026-01-01T00:00:00Z",
  startedAt: "2026-01-01T00:00:01Z",
  endedAt: null,
  attempt: 0,
  command: null,
  kiwiVersion: null,
  runtime: null,
  sources: null,
  logBytes: null,
  logSha256: null,
  results: [],
  warnings: [],
  phases: [],
  options: buildOptionsSchema.parse({}),
  snapshot: "00",
  eventSeq: 3,
};
const line = (number: number): WatchEvent => ({
  kind: "log",
  attempt: 0,
  offset: (number - 1) * 2,
  end: number * 2,
  text: `${number}\n`,
});

/** A stream that the test plays the backend's part of. */
function play() {
  const opened: { position: string | null; handlers: WatchHandlers; left: boolean }[] = [];
  const feed = new BuildFeed(
    (position, handlers) => {
      const stream = { position, handlers, left: false };
      opened.push(stream);
      return {
        unsubscribe: () => {
          stream.left = true;
        },
      };
    },
    (error) => error === "no such build",
  );
  feed.start();
  const send = (event: WatchEvent) => opened.at(-1)?.handlers.onEvent(event);
  return { feed, opened, send };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("shows the build and its log, and is told once for many lines", async () => {
  const { feed, opened, send } = play();
  const told = vi.fn<() => void>();
  feed.subscribe(told);
  expect(opened[0]?.position).toBe(null);
  send({ kind: "build", build });
  for (let number = 1; number <= 9; number++) send(line(number));
  await vi.runAllTimersAsync();
  expect(told).toHaveBeenCalledTimes(1);
  expect(feed.snapshot().build?.state).toBe("running");
  expect(feed.snapshot().store.text()).toBe("1\n2\n3\n4\n5\n6\n7\n8\n9\n");
  expect(feed.snapshot().connection.kind).toBe("live");
});

test("asks again from its own position after a gap, and hears no more from the old stream", async () => {
  const { feed, opened, send } = play();
  send({ kind: "build", build });
  send(line(1));
  send(line(3));
  opened[0]?.handlers.onEvent(line(2));
  await vi.runAllTimersAsync();
  expect(opened.map(({ position, left }) => [position, left])).toEqual([
    [null, true],
    ["3:0:2", false],
  ]);
  for (const number of [1, 2, 3]) send(line(number));
  await vi.runAllTimersAsync();
  expect(feed.snapshot().store.text()).toBe("1\n2\n3\n");
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

test("an end that comes before the last lines is a gap", async () => {
  const { feed, opened, send } = play();
  send({ kind: "build", build });
  send(line(1));
  send({ kind: "end", attempt: 0, bytes: 4, sha256: "x" });
  await vi.runAllTimersAsync();
  expect(opened[1]?.position).toBe("3:0:2");
  send(line(2));
  send({ kind: "end", attempt: 0, bytes: 4, sha256: "x" });
  opened[1]?.handlers.onEnd();
  await vi.runAllTimersAsync();
  expect(feed.snapshot().store.complete).toEqual({ bytes: 4, sha256: "x" });
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
  send(line(1));
  feed.stop();
  send(line(2));
  opened[0]?.handlers.onError("bad gateway");
  await vi.runAllTimersAsync();
  expect(opened.length).toBe(1);
  expect(feed.snapshot().store.text()).toBe("1\n");
});
