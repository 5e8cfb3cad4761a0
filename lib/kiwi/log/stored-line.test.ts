import { expect, test } from "vitest";
import { readStoredLine } from "./stored-line.ts";

const bar = (percent: number) =>
  `[ INFO    ]: Processing: [${"#".repeat(Math.round(percent * 0.4)).padEnd(40)}] ${percent}%`;

test.for([
  ["a record", "[ INFO    ]: 10:00:00 | hello", { kind: "record", level: "INFO", text: "hello", clock: 36000 }],
  ["its header", "[ INFO    ]: 10:00:00 | hello", { header: "[ INFO    ]: 10:00:00 | " }],
  ["a line end of two characters", "plain\r", { kind: "continuation", text: "plain" }],
  ["what a terminal would leave", "(Reading 5%\r(Reading 50%\r(Reading 100%", { text: "(Reading 100%" }],
  ["a progress bar", `\r${bar(10)}\r${bar(60)}`, { kind: "progress", progress: 60, text: "" }],
  ["text behind a bar", `\r${bar(100)}[ DEBUG   ]: 10:00:01 | done`, { kind: "record", progress: 100, text: "done" }],
  ["a record behind a bar", `\r${bar(7)}\r[ ERROR   ]: 10:00:01 | no`, { level: "ERROR", progress: 7, text: "no" }],
  ["a record is not overwritten", "[ INFO    ]: 10:00:00 | a\rb", { level: "INFO", text: "a ␍ b" }],
  ["nothing", "\r\r", { kind: "continuation", text: "", progress: null }],
] as const)("%s", ([, raw, expected]) => expect(readStoredLine(raw)).toMatchObject(expected));
