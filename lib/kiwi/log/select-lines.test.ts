import { expect, test } from "vitest";
import { type LogView, logViewSchema } from "#lib/contracts/log.ts";
import { isChatter, isCommand, isOutput, isRecord, levelFlags } from "./line-flags.ts";
import { selectLines } from "./select-lines.ts";

const debug = levelFlags("DEBUG") | isRecord;
const flags = Uint8Array.of(
  levelFlags("INFO") | isRecord, // 1: phase one
  debug | isChatter, // 2
  debug | isCommand, // 3
  debug | isOutput, // 4
  levelFlags("DEBUG") | isOutput, // 5
  levelFlags("INFO") | isRecord, // 6: phase two
  debug | isCommand, // 7
  levelFlags("DEBUG") | isOutput, // 8
  levelFlags("ERROR") | isRecord, // 9
  levelFlags("ERROR"), // 10
);
const phase = (line: number) => ({ id: "x", label: "x", line, start: 0, end: null, failed: false });
const lines = (view: Partial<LogView>) => {
  const set = selectLines(logViewSchema.parse(view), { flags, length: flags.length, phases: [phase(1), phase(6)] });
  return set && Array.from({ length: set.size }, (_, row) => (set.select(row) ?? -1) + 1);
};

test.for<[string, Partial<LogView>, number[] | null]>([
  ["everything", {}, null],
  ["a level, with the lines of its records", { level: "ERROR" }, [9, 10]],
  ["with context", { level: "ERROR", context: 2 }, [7, 8, 9, 10]],
  ["contexts that meet are shown once", { level: "INFO", context: 1 }, [1, 2, 5, 6, 7, 8, 9, 10]],
  ["without chatter", { quiet: true }, [1, 3, 4, 5, 6, 7, 8, 9, 10]],
  ["one phase", { phases: [1] }, [1, 2, 3, 4, 5]],
  ["a level in a phase", { phases: [6], level: "INFO" }, [6, 9, 10]],
  ["a folded phase keeps its first line", { foldedPhases: [1] }, [1, 6, 7, 8, 9, 10]],
  ["folded commands keep errors", { foldCommands: true }, [1, 2, 3, 6, 7, 9, 10]],
  ["all commands but one", { foldCommands: true, otherCommands: [7] }, [1, 2, 3, 6, 7, 8, 9, 10]],
  ["one command", { otherCommands: [3] }, [1, 2, 3, 6, 7, 8, 9, 10]],
  ["a line in any case", { foldedPhases: [1, 6], also: [8] }, [1, 6, 8]],
])("%s", ([, view, expected]) => expect(lines(view)).toEqual(expected));
