import type { ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { WatchEvent } from "#lib/contracts/build.ts";
import { createStage, end, type Stage } from "#server/builder/daemon-fixture.ts";
import { ensureDatabase, requestCancel, stopDatabase } from "#server/db/index.ts";
import { watchChanges } from "./changes.ts";
import { createServices, type Services } from "./services.ts";
import { parsePosition, watchBuild } from "./watch.ts";

let stage: Stage;
let services: Services;
let daemon: ChildProcess;

beforeAll(async () => {
  stage = await createStage();
  daemon = await stage.startDaemon();
  services = createServices(stage.config);
});

afterAll(async () => {
  await services.close();
  await stage.close();
});

const succeed = `mkdir -p "$1"; echo image > "$1/one.raw"
echo "{\\"disk_image\\": {\\"filename\\": \\"$1/one.raw\\", \\"use_for_bundle\\": true}}" > "$1/kiwi.result.json"`;

/** Reads until the end, or until `enough`, into the lines that were read before. */
async function read(
  id: string,
  from: { position: string; lines: string[] } | null = null,
  enough: (log: string) => boolean = () => false,
) {
  const events: WatchEvent[] = [];
  const lines = [...(from?.lines ?? [])];
  let position = from?.position ?? null;
  for await (const { position: at, event } of watchBuild(
    services,
    id,
    position === null ? null : parsePosition(position),
    undefined,
  )) {
    events.push(event);
    if (event.kind === "log") {
      const known = position === null ? 0 : parsePosition(position).offset;
      expect(event.summary.bytes).toBeGreaterThanOrEqual(known);
      for (const { number, text } of event.rows) lines[number - 1] = text;
    }
    position = at;
    if (enough(lines.join("\n"))) break;
  }
  return { events, lines, log: lines.map((line) => `${line}\n`).join(""), position: position ?? "" };
}

function stored(id: string): Promise<string> {
  return readFile(join(stage.config.paths.builds, id, "0", "build.log"), "utf8");
}

function lines(count: number, pause: number): string {
  return `i=0; while [ $i -lt ${count} ]; do i=$((i+1)); echo "line $i"; sleep ${pause}; done`;
}

test("the log arrives while the build runs, then its end and its state", async () => {
  const { id } = await stage.submit(`${lines(20, 0.05)}\n${succeed}`);
  const states = new Set<string>();
  const { events, log } = await read(id);
  for (const event of events) if (event.kind === "build") states.add(event.build.state);
  expect(events[0]?.kind).toBe("build");
  const ended = events.findIndex((event) => event.kind === "build" && event.build.state === "succeeded");
  expect(events.findIndex(({ kind }) => kind === "log")).toBeLessThan(ended);
  expect(events.filter(({ kind }) => kind === "log").length).toBeGreaterThan(1);
  expect(states).toContain("running");
  const last = events.findLast((event) => event.kind === "build");
  expect(last?.build.reason).toBe(null);
  expect(last?.build.state).toBe("succeeded");
  expect(events.at(-1)).toMatchObject({ kind: "end", bytes: Buffer.byteLength(log), sha256: last?.build.logSha256 });
  expect(log).toBe(await stored(id));
  expect(log).toContain("line 20\n");
});

test("who comes back goes on where it stopped, in the middle and after the end", async () => {
  const { id } = await stage.submit(`${lines(30, 0.05)}\n${succeed}`);
  const first = await read(id, null, (log) => log.includes("line 5\n"));
  const second = await read(id, first, (log) => log.includes("line 15\n"));
  await stage.reaches(id, "succeeded");
  const third = await read(id, second);
  expect(third.log).toBe(await stored(id));
  // Nothing of what was told once comes again.
  const again = third.events.flatMap((event) => (event.kind === "log" ? event.rows.map(({ number }) => number) : []));
  expect(Math.min(...again)).toBeGreaterThan(15);
  const late = await read(id, { ...third, lines: [] });
  expect(late.lines).toEqual([]);
  expect(late.events.map(({ kind }) => kind)).toEqual(["build", "log", "end"]);
});

test("a finished build is read the same way", async () => {
  const { id } = await stage.submit(`${lines(3, 0)}\n${succeed}`);
  await stage.reaches(id, "succeeded");
  const { events, log } = await read(id);
  expect(log).toBe(await stored(id));
  expect(events.at(-1)?.kind).toBe("end");
});

test("a failed build ends too, and so does one that was cancelled before it began", async () => {
  const failing = await stage.submit("echo no; exit 3");
  const blocked = await stage.submit(lines(1000, 0.1));
  const waiting = await stage.submit("echo never");
  expect((await read(failing.id)).events.at(-1)?.kind).toBe("end");
  await stage.reaches(blocked.id, "running");
  const reader = read(waiting.id);
  await requestCancel(stage.db, waiting.id);
  const { events, log } = await reader;
  expect(log).toBe("");
  expect(events.at(-1)).toMatchObject({ kind: "end", bytes: 0 });
  const cancelled = read(blocked.id);
  await requestCancel(stage.db, blocked.id);
  const kinds = (await cancelled).events.flatMap((event) => (event.kind === "build" ? event.build.state : []));
  expect(kinds.at(-1)).toBe("cancelled");
});

test("a build that does not exist is not found", async () => {
  await expect(read("0198c0de-0000-7000-8000-000000000000")).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("the daemon is killed: the reader waits, goes on with the next one, and misses nothing", async () => {
  const { id } = await stage.submit(`${lines(40, 0.1)}\n${succeed}`);
  const reader = read(id);
  await stage.reaches(id, "running");
  await sleep(500);
  await end(daemon, "SIGKILL");
  await sleep(1_000);
  daemon = await stage.startDaemon();
  const { events, log } = await reader;
  expect(events.some(({ kind }) => kind === "waiting")).toBe(true);
  expect(log).toBe(await stored(id));
  expect(log).toContain("line 40\n");
  expect(events.at(-1)?.kind).toBe("end");
});

test("the database goes away and comes back: nothing is lost or doubled", async () => {
  const { id } = await stage.submit(`${lines(40, 0.1)}\n${succeed}`);
  const reader = read(id);
  await stage.reaches(id, "running");
  await stopDatabase(stage.config);
  await sleep(1_000);
  await ensureDatabase(stage.config);
  const { events, log } = await reader;
  expect(log).toBe(await stored(id));
  expect(log).toContain("line 40\n");
  expect(events.at(-1)?.kind).toBe("end");
});

test("a reader that leaves holds nothing open", async () => {
  const { id } = await stage.submit(lines(1000, 0.1));
  await stage.reaches(id, "running");
  const gone = new AbortController();
  const events: WatchEvent[] = [];
  for await (const { event } of watchBuild(services, id, null, gone.signal)) {
    events.push(event);
    if (event.kind === "log") gone.abort();
  }
  expect(events.at(-1)?.kind).toBe("log");
  await requestCancel(stage.db, id);
  await stage.reaches(id, "cancelled");
});

test("changes of all builds are told in order, from a position on", async () => {
  const gone = new AbortController();
  const { id } = await stage.submit(succeed);
  const seen: string[] = [];
  let before = 0;
  for await (const { position, change } of watchChanges(services, 0, gone.signal)) {
    expect(position).toBeGreaterThan(before);
    before = position;
    if (change.id !== id) continue;
    seen.push(change.state);
    if (change.state === "succeeded") gone.abort();
  }
  expect(seen).toEqual(["queued", "preparing", "running", "succeeded"]);
});
