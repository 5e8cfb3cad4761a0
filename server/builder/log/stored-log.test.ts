import { createHash } from "node:crypto";
import { appendFile, mkdtemp, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type LogQuery, type LogView, logViewSchema, wholeLog } from "#lib/contracts/log.ts";
import { Bell } from "#server/platform/bell.ts";
import { endUnstarted } from "../ends.ts";
import { LogLibrary } from "./library.ts";
import { LogSearches } from "./searches.ts";
import type { StoredLog } from "./stored-log.ts";

let dir: string;
let library: LogLibrary;
let searches: LogSearches;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "stored-log-"));
  library = new LogLibrary();
  searches = new LogSearches();
});
afterEach(async () => {
  searches.close();
  await library.close();
  await rm(dir, { recursive: true });
});

const record = (level: string, second: number, text: string) => {
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `[ ${level.padEnd(8)}]: ${two(second / 3600)}:${two((second / 60) % 60)}:${two(second % 60)} | ${text}\n`;
};
const path = () => join(dir, "build.log");
async function stored(text: string, ended = true): Promise<StoredLog> {
  await writeFile(path(), text);
  if (ended) await endUnstarted(dir, "failed", "over");
  const log = await library.open(dir);
  if (log === null) throw new Error("there is no log");
  while (!log.index.finished && log.index.taken < Buffer.byteLength(text)) await log.freshen();
  return log;
}
const view = (what: Partial<LogView>) => logViewSchema.parse(what);
const numbers = async (log: StoredLog, what: Partial<LogView>, from = 0) =>
  (await log.window(view(what), from, 500)).rows.map(({ number }) => number);

/** Lines of every kind, some of them gigantic. */
const many = Array.from({ length: 5000 }, (_, at) => {
  if (at % 1000 === 999) return `${"long ".repeat(60_000)}\n`;
  if (at % 10 === 0) return record(at % 500 === 0 ? "WARNING" : "DEBUG", at, `record ${at}`);
  return `line ${at} ü\n`;
});

test("any window holds the stored lines, wherever it begins", async () => {
  const log = await stored(many.join(""));
  for (const from of [0, 1, 63, 64, 65, 990, 1999, 4990]) {
    const { rows, total } = await log.window(wholeLog, from, 30);
    expect(total).toBe(5000);
    expect(rows.map(({ number }) => number)).toEqual(
      Array.from({ length: Math.min(30, 5000 - from) }, (_, at) => from + at + 1),
    );
    for (const { number, text, hidden, time } of rows) {
      const raw = (many[number - 1] ?? "").slice(0, -1);
      const message = raw.replace(/^\[.*? \| /, "");
      expect(text).toBe(message.slice(0, 4000));
      expect(hidden).toBe(Math.max(0, message.length - 4000));
      expect(time).toBe(raw.startsWith("[") ? number - 1 : null);
    }
  }
});

test("where a line begins, and which line a byte is in", async () => {
  const log = await stored(many.join(""));
  const starts: number[] = [];
  let offset = 0;
  for (const line of many) {
    starts.push(offset);
    offset += Buffer.byteLength(line);
  }
  for (const number of [1, 2, 64, 65, 999, 1000, 1001, 5000]) {
    expect(await log.offsetOf(number)).toBe(starts[number - 1]);
    expect(await log.lineAt(starts[number - 1] ?? 0)).toBe(number);
  }
  expect(await log.offsetOf(5001)).toBe(offset);
});

test("silence is told at the record that ends it, over the border of what is read at once", async () => {
  const quiet = [...Array.from({ length: 64 }, () => record("INFO", 10, "a")), record("INFO", 57, "b")];
  const { rows } = await (await stored(quiet.join(""))).window(wholeLog, 63, 2);
  expect(rows.map(({ silence }) => silence)).toEqual([null, 47]);
});

test("a log that grows is told of, its open line too, until it is complete", async () => {
  const log = await stored(record("INFO", 1, "Installing bootstrap packages"), false);
  const bell = new Bell();
  const stop = log.follow(bell.ring);
  const until = async (reached: () => boolean) => {
    while (!reached()) expect(await bell.wait(5000)).toBe(true);
  };
  await appendFile(path(), `\r[ INFO    ]: Processing: [${"#".repeat(20).padEnd(40)}] 50%`);
  await until(() => log.summary().progress === 50);
  expect(log.summary().lines).toBe(2);
  const { rows } = await log.window(wholeLog, 0, 10);
  expect(rows[1]).toMatchObject({ kind: "progress", progress: 50, number: 2 });
  await appendFile(path(), `\n${record("ERROR", 5, "KiwiError: no")}half`);
  await endUnstarted(dir, "failed", "over");
  await until(() => log.summary().complete !== null);
  stop();
  const text = await import("node:fs/promises").then(({ readFile }) => readFile(path()));
  expect(log.summary()).toMatchObject({ lines: 4, errors: 1, error: { line: 3, name: "KiwiError", phase: 0 } });
  expect(log.summary().complete).toEqual({
    bytes: text.length,
    sha256: createHash("sha256").update(text).digest("hex"),
  });
  expect((await log.newest(0, 200)).map(({ text: line }) => line)).toEqual([
    "Installing bootstrap packages",
    "",
    "KiwiError: no",
    "half",
  ]);
});

test("a finished log is opened again by its index, and without it just the same", async () => {
  const before = (await stored(many.join(""))).summary();
  await library.close();
  const again = await library.open(dir);
  expect(again?.index.finished).toBe(true);
  expect(again?.summary()).toEqual(before);
  await library.close();
  await rm(join(dir, "log-index.marks"));
  const anew = await library.open(dir);
  while (!anew?.index.finished) await anew?.freshen();
  expect(anew.summary()).toEqual(before);
  expect((await stat(join(dir, "log-index.lines"))).size).toBe(5000);
});

test("a link in the place of the log, or of its index, leads nowhere", async () => {
  await writeFile(join(dir, "elsewhere"), "secret\n");
  await symlink(join(dir, "elsewhere"), join(dir, "log-index.lines"));
  const log = await stored("one\ntwo\n");
  expect(log.summary().lines).toBe(2);
  expect((await stat(join(dir, "elsewhere"))).size).toBe("secret\n".length);
});

test("views: levels with context, folds, and where a line stands in them", async () => {
  const log = await stored(
    [
      record("INFO", 1, "Loading XML description"),
      record("DEBUG", 1, "EXEC: [ls]"),
      "a\n",
      "b\n",
      record("INFO", 2, "Preparing new root system"),
      record("WARNING", 3, "careful"),
      "open",
    ].join(""),
    false,
  );
  expect(await numbers(log, {})).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(await numbers(log, { level: "WARNING", context: 1 })).toEqual([5, 6]);
  expect(await numbers(log, { foldCommands: true })).toEqual([1, 2, 5, 6, 7]);
  expect(await numbers(log, { foldedPhases: [1] }, 1)).toEqual([5, 6, 7]);
  expect((await log.window(wholeLog, 1, 1)).rows[0]?.output).toBe(2);
  expect(log.place(view({ foldCommands: true }), 4)).toEqual({ row: 2, shown: false, command: 2 });
  expect(log.place(view({ foldedPhases: [1] }), 6)).toEqual({ row: 2, shown: true, command: null });
  expect(log.map(2)).toEqual([0, 1]);
});

const found = async (log: StoredLog, query: Partial<LogQuery> & { text: string }, from = 1, backwards = false) => {
  const asked = { query: { regex: false, matchCase: false, ...query }, from, backwards, parts: 4 };
  for (;;) {
    const findings = await searches.find(log, asked);
    if (findings.problem !== null || findings.searched === findings.of) return findings;
  }
};

test("a search counts right, and steps in both directions", async () => {
  const log = await stored(many.join(""));
  const count = (wanted: RegExp) => many.filter((line) => wanted.test(line.replace(/\n$/, ""))).length;
  expect(await found(log, { text: "RECORD 1" })).toMatchObject({
    lines: count(/record 1/),
    hit: { line: 11, index: 1 },
  });
  expect((await found(log, { text: "RECORD 1", matchCase: true })).lines).toBe(0);
  expect((await found(log, { text: "Ü" })).lines).toBe(count(/ü/));
  expect((await found(log, { text: "(re.ord 2|line 3)\\d*5", regex: true })).lines).toBe(
    count(/(re.ord 2|line 3)\d*5/),
  );
  expect((await found(log, { text: "^line \\d+ .$", regex: true })).lines).toBe(count(/^line \d+ .$/));
  // Expressions that could reach over the end of a line do not.
  expect((await found(log, { text: "^[^x]+ü\\s*$", regex: true })).lines).toBe(count(/ü/));
  expect((await found(log, { text: ".", regex: true })).lines).toBe(5000);
  expect((await found(log, { text: "line 77 " }, 78)).hit).toEqual({ line: 78, index: 1 });
  expect((await found(log, { text: "line 77 " }, 79)).hit).toBe(null);
  expect((await found(log, { text: "warning ]" }, 5000, true)).hit).toEqual({ line: 4501, index: 10 });
  const { map, lines } = await found(log, { text: "record" });
  expect(map.reduce((sum, part) => sum + part, 0)).toBe(lines);
});

test("colour codes do not hide words from a search, and hits are marked in what is shown", async () => {
  const log = await stored(`[ INFO    ]: 10:00:00 | one \x1b[31mtw\x1b[0mo two\n`);
  const query = { text: "TWO", regex: false, matchCase: false };
  expect((await found(log, query)).lines).toBe(1);
  const texts = [{ header: "[ INFO    ]: 10:00:00 | ", text: "one two two" }];
  expect(await searches.marks(log, query, texts)).toEqual([
    [
      [4, 7],
      [8, 11],
    ],
  ]);
});

test("lines with colour codes are searched between lines without", async () => {
  const log = await stored("plain\n\x1b[31mre\x1b[0md one\nplain\n\x1b[1m\x1b[0m\nlast red\n");
  expect(await found(log, { text: "red" }, 3)).toMatchObject({ lines: 2, hit: { line: 5, index: 2 } });
  expect(await found(log, { text: "^red one$", regex: true }, 1)).toMatchObject({ lines: 1, hit: { line: 2 } });
});

test("a search goes on with a log that grows", async () => {
  const log = await stored("needle\n", false);
  expect((await found(log, { text: "needle" })).lines).toBe(1);
  await appendFile(path(), `${"hay\n".repeat(100)}needle\n`);
  expect(await found(log, { text: "needle" }, 2)).toMatchObject({ lines: 2, hit: { line: 102, index: 2 } });
});

test("an expression without end is given up and holds nobody up; one that is none is told", async () => {
  const log = await stored(`${"a".repeat(40)}b\nfound\n`);
  const endless = await found(log, { text: "(a+)+$", regex: true });
  expect(endless.problem).toContain("takes too long");
  expect((await found(log, { text: "found" })).lines).toBe(1);
  expect((await found(log, { text: "(", regex: true })).problem).toContain("Invalid regular expression");
}, 20_000);
