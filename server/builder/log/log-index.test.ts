import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { KiwiLog } from "#lib/kiwi/log/index.ts";
import { dropIndex, loadIndex, saveIndex } from "./index-files.ts";
import { LogIndex } from "./log-index.ts";

const record = (level: string, time: string, text: string) => `[ ${level.padEnd(8)}]: ${time} | ${text}\n`;
const shortLines = [
  record("INFO", "10:00:00", "Installing bootstrap packages"),
  record("INFO", "10:00:05", "Calling config.sh script"),
  record("INFO", "01:00:05", "Calling images.sh script"),
  record("DEBUG", "10:00:06", "EXEC: [chroot apt-get install]"),
  record("DEBUG", "10:00:06", "bootstrap: 3 newly installed, 0 to remove"),
  record("DEBUG", "10:00:07", "bootstrap: Unpacking bash ..."),
  record("DEBUG", "10:00:07", "Looking for cp in /usr/bin:/bin"),
  record("WARNING", "10:00:08", "careful"),
  record("ERROR", "10:00:09", "KiwiScriptFailed: it broke"),
  "plain ü text\n",
  "\x1b[31mred\n",
  "(Reading 5%\r(Reading 50%\n",
  `\r[ INFO    ]: Processing: [####                                    ] 10%\n`,
  "\n",
];
const logsOf = (...lines: string[]) =>
  fc.array(fc.constantFrom(...lines), { maxLength: 300 }).map((all) => Buffer.from(all.join("")));
const logs = logsOf(...shortLines, `${"x".repeat(70_000)}\n`);
const cut = (bytes: Buffer, at: readonly number[]) => {
  const places = [0, ...at.map((one) => one % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  return places.slice(1).map((place, index) => bytes.subarray(places[index], place));
};
const indexOf = (...pieces: Buffer[]) => {
  const index = new LogIndex();
  for (const piece of pieces) index.append(piece);
  index.finish();
  return index;
};
const facts = (index: LogIndex) => ({
  state: index.state,
  flags: Buffer.from(index.flags),
  marks: [...index.marks],
  summary: index.summary(),
});

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "log-index-"));
});
afterEach(() => rm(dir, { recursive: true }));

test("the outcome does not depend on how the bytes are cut", () => {
  fc.assert(
    fc.property(logs, fc.array(fc.nat(), { maxLength: 10 }), (bytes, at) => {
      expect(facts(indexOf(...cut(bytes, at)))).toEqual(facts(indexOf(bytes)));
    }),
    { numRuns: 60 },
  );
});

test("it tells of a build what reading the whole log tells", () => {
  fc.assert(
    fc.property(logsOf(...shortLines), (bytes) => {
      const log = new KiwiLog();
      log.append(bytes.toString());
      log.finish();
      const summary = indexOf(bytes).summary();
      expect(summary.lines).toBe(log.storedLineCount);
      expect(summary.times).toEqual(log.times);
      expect(summary.packages).toEqual(log.packages);
      const number = (index: number) => log.line(index).number;
      expect(summary.phases).toEqual(log.phases.map((phase) => ({ ...phase, line: number(phase.line) })));
      expect(summary.error).toEqual(log.error && { ...log.error, line: number(log.error.line) });
    }),
    { numRuns: 60 },
  );
});

test("an index that was stored at any moment goes on as if nothing had happened", async () => {
  await fc.assert(
    fc.asyncProperty(
      logs,
      fc.array(fc.nat(), { maxLength: 6 }),
      fc.integer({ min: 0, max: 7 }),
      async (bytes, at, kill) => {
        await dropIndex(dir);
        let index = new LogIndex();
        let stored = { lines: 0, marks: 0 };
        for (const [round, piece] of cut(bytes, at).entries()) {
          index.append(piece);
          stored = await saveIndex(dir, index, stored);
          if (round % 8 !== kill) continue;
          const { taken } = index;
          index = await loadIndex(dir, bytes.length);
          index.append(bytes.subarray(index.bytes, taken));
        }
        index.finish();
        expect(facts(index)).toEqual(facts(indexOf(bytes)));
      },
    ),
    { numRuns: 25 },
  );
});

test("tables that a crash has cut off, and a log that is shorter than its index, are done anew", async () => {
  const bytes = Buffer.from("one\ntwo\n".repeat(1000));
  const index = indexOf(bytes);
  await saveIndex(dir, index, { lines: 0, marks: 0 });
  expect((await loadIndex(dir, bytes.length)).lines).toBe(2000);
  expect((await loadIndex(dir, bytes.length - 1)).lines).toBe(0);
  await truncate(join(dir, "log-index.lines"), 1999);
  expect((await loadIndex(dir, bytes.length)).lines).toBe(0);
  await saveIndex(dir, index, { lines: 0, marks: 0 });
  const state = await readFile(join(dir, "log-index.json"), "utf8");
  await writeFile(join(dir, "log-index.json"), state.slice(0, 50));
  expect((await loadIndex(dir, bytes.length)).lines).toBe(0);
});

test("what is behind the end of an index in its tables is not read", async () => {
  const index = new LogIndex();
  index.append(Buffer.from("one\ntwo\n"));
  await saveIndex(dir, index, { lines: 0, marks: 0 });
  const before = await readFile(join(dir, "log-index.json"));
  index.append(Buffer.from("[ ERROR   ]: 10:00:00 | three\n".repeat(500)));
  await saveIndex(dir, index, { lines: 2, marks: 1 });
  // The process was killed between the tables and the file that counts them.
  await writeFile(join(dir, "log-index.json"), before);
  const again = await loadIndex(dir, 1_000_000);
  expect([again.lines, again.bytes, again.markCount]).toEqual([2, 8, 1]);
});
