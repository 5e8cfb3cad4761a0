import fc from "fast-check";
import { expect, test } from "vitest";
import { KiwiLog } from "./log.ts";

const bar = (percent: number) =>
  `\r[ INFO    ]: Processing: [${"#".repeat(Math.round(percent * 0.4)).padEnd(40)}] ${percent}%`;
const info = (time: string, text: string) => `[ INFO    ]: ${time} | ${text}\n`;
const debug = (time: string, text: string) => `[ DEBUG   ]: ${time} | ${text}\n`;

const sample = [
  info("23:59:50", "Reading runtime config file: '/etc/kiwi.yml'"),
  info("23:59:50", "Loading XML description"),
  info("23:59:51", "Preparing new root system"),
  info("23:59:52", "Installing bootstrap packages"),
  bar(0),
  debug("23:59:53", "EXEC: [mmdebstrap --arch amd64]"),
  bar(40),
  bar(100),
  "\n",
  info("00:00:10", "Calling config.sh script"),
  debug("00:00:10", "--------------out start-------------"),
  "plain output\n",
  "\x1b[31mred\n",
  "still red\n",
  info("00:00:12", "Calling images.sh script"),
  "[ WARNING ]: 00:00:13 | careful\r\n",
  "\n",
  "(Reading 5%\r(Reading 50%\r(Reading 100%\n",
  "[ ERROR   ]: 00:00:20 | KiwiScriptFailed: images.sh failed with\n",
  "reason one\n",
  "reason two\n",
  info("00:00:21", "Cleaning up Mount instance"),
].join("");

function read(...pieces: string[]): KiwiLog {
  const log = new KiwiLog();
  for (const piece of pieces) log.append(piece);
  log.finish();
  return log;
}

const everything = (log: KiwiLog) => ({
  lines: Array.from({ length: log.lineCount }, (_, index) => log.line(index)),
  phases: log.phases,
  error: log.error,
  progress: log.progress,
  times: log.times,
  stored: log.storedLineCount,
  raw: log.rawText.join(""),
});

test("records, continuations, commands and the progress bar", () => {
  const log = read(sample);
  const lines = everything(log).lines.map((line) => [line.number, line.kind, line.level, line.text]);
  expect(lines.slice(3)).toEqual([
    [4, "record", "INFO", "Installing bootstrap packages"],
    [5, "command", "DEBUG", "EXEC: [mmdebstrap --arch amd64]"],
    [6, "progress", "DEBUG", ""],
    [7, "record", "INFO", "Calling config.sh script"],
    [8, "record", "DEBUG", "--------------out start-------------"],
    [9, "continuation", "DEBUG", "plain output"],
    [10, "continuation", "DEBUG", "red"],
    [11, "continuation", "DEBUG", "still red"],
    [12, "record", "INFO", "Calling images.sh script"],
    [13, "record", "WARNING", "careful"],
    [14, "continuation", "WARNING", ""],
    [15, "continuation", "WARNING", "(Reading 100%"],
    [16, "record", "ERROR", "KiwiScriptFailed: images.sh failed with"],
    [17, "continuation", "ERROR", "reason one"],
    [18, "continuation", "ERROR", "reason two"],
    [19, "record", "INFO", "Cleaning up Mount instance"],
  ]);
  expect(log.line(5).progress).toBe(100);
  expect(log.storedLineCount).toBe(19);
});

test("a colour goes on in continuation lines and ends with the next record", () => {
  const log = read(sample);
  expect(log.line(10).spans[0]?.style.foreground).toBe("red");
  expect(log.line(11).spans[0]?.style.foreground).toBe(null);
});

test("phases with their times, over midnight", () => {
  const phases = read(sample).phases.map(({ id, label, start, end, failed }) => [
    id,
    label,
    (end ?? 0) - start,
    failed,
  ]);
  expect(phases).toEqual([
    ["load", "Load description", 1, false],
    ["root", "Prepare root tree", 1, false],
    ["bootstrap", "Bootstrap packages", 18, false],
    ["hook", "Script config.sh", 2, false],
    ["hook", "Script images.sh", 9, true],
  ]);
});

test("a log of several days", () => {
  const clocks = ["23:00:00", "00:30:00", "23:30:00", "00:10:00"];
  const log = read(...clocks.map((clock) => info(clock, "a")));
  expect(clocks.map((_, index) => (log.line(index).time ?? 0) / 3600)).toEqual([23, 24.5, 47.5, 48 + 1 / 6]);
});

test("a clock that is set back a little has not passed midnight", () => {
  const log = read(info("10:00:00", "a"), info("09:59:58", "b"), info("10:00:01", "c"));
  expect(log.times).toEqual({ first: 36000, last: 36001 });
});

test("the error is KIWI's named one with all its lines", () => {
  const log = read(sample, "[ ERROR   ]: 00:00:22 | could not clean up\n");
  expect(log.error).toEqual({
    line: 15,
    name: "KiwiScriptFailed",
    text: "images.sh failed with\nreason one\nreason two",
    phase: 4,
  });
});

test("progress belongs to the current phase and is seen while its line is open", () => {
  const log = new KiwiLog();
  log.append(info("10:00:00", "Installing bootstrap packages"));
  expect(log.progress).toBe(null);
  log.append(bar(10));
  expect(log.progress).toBe(10);
  log.append(bar(35));
  expect(log.progress).toBe(35);
  expect(log.lineCount).toBe(2);
  expect(log.line(1)).toMatchObject({ kind: "progress", progress: 35 });
  log.append(`\n${info("10:00:05", "Importing Image description to system tree")}`);
  expect(log.progress).toBe(null);
});

test("an incomplete last line is shown already", () => {
  const log = new KiwiLog();
  log.append("[ INFO    ]: 10:00:00 | half a li");
  expect(log.lineCount).toBe(1);
  expect(log.line(0)).toMatchObject({ kind: "record", level: "INFO", time: 36000, text: "half a li", number: 1 });
  log.append("ne\n");
  expect(log.lineCount).toBe(1);
  expect(log.line(0).text).toBe("half a line");
});

const piece = fc.constantFrom(
  info("10:00:00", "Installing bootstrap packages"),
  info("10:00:05", "Calling config.sh script"),
  "[ ERROR   ]: 10:00:07 | KiwiError: it broke\n",
  debug("03:00:00", "EXEC: [ls]"),
  bar(12),
  bar(60),
  "plain\n",
  "over\r",
  "\r\n",
  "\n",
  "\r",
  " ",
  "\x1b[31mred",
  "\x1b[0m",
  "ü€😀",
);

test("the outcome does not depend on how the text is cut", () => {
  const cuts = fc.array(fc.nat(400), { maxLength: 30 });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), cuts, (pieces, places) => {
      const text = pieces.join("");
      const sorted = [...new Set(places.map((place) => Math.min(place, text.length)))].sort((a, b) => a - b);
      const parts = [0, ...sorted].map((from, index) => text.slice(from, sorted[index] ?? text.length));
      expect(parts.join("")).toBe(text);
      const whole = new KiwiLog();
      whole.append(text);
      const inParts = new KiwiLog();
      for (const part of parts) inParts.append(part);
      expect(everything(inParts)).toEqual(everything(whole));
      expect(inParts.rawText.join("")).toBe(text);
      inParts.finish();
      expect(everything(inParts)).toEqual(everything(read(text)));
    }),
    { numRuns: 500 },
  );
});

test("every prefix can be shown", () => {
  for (let length = 0; length <= sample.length; length += 7) {
    const log = new KiwiLog();
    log.append(sample.slice(0, length));
    expect(() => everything(log)).not.toThrow();
  }
});
