import { expect, test } from "vitest";
import { logViewSchema, wholeLog } from "#lib/contracts/log.ts";
import { foldPhases, isWhole, openAll, toggleFold, withLine } from "./log-folds.ts";

const phase = (line: number, more = {}) => ({ id: "x", label: "x", line, start: 0, end: 1, failed: false, ...more });
const phases = [phase(1), phase(10, { failed: true }), phase(20), phase(30), phase(40, { end: null })];
const error = { line: 25, name: null, text: "", phase: 2 };
const place = { row: 0, shown: false, command: null };

test("an error never starts folded, nor does what goes on", () => {
  expect(foldPhases(wholeLog, phases, error).foldedPhases).toEqual([1, 30]);
});

test("folds open and close, and nothing is left of them", () => {
  const folded = toggleFold(toggleFold(wholeLog, 10, true), 12, false);
  expect([folded.foldedPhases, folded.otherCommands]).toEqual([[10], [12]]);
  expect(isWhole(toggleFold(toggleFold(folded, 10, true), 12, false))).toBe(true);
  expect(isWhole(openAll(folded))).toBe(true);
});

test("a hit opens the phase and the command that hide it", () => {
  const view = logViewSchema.parse({ foldedPhases: [1, 20], foldCommands: true });
  expect(withLine(view, phases, 23, place)).toEqual({ ...view, foldedPhases: [1] });
  expect(withLine(view, phases, 35, { ...place, command: 33 })).toEqual({ ...view, otherCommands: [33] });
});

test("a filter lets a hit through, with what is around it", () => {
  const view = logViewSchema.parse({ level: "ERROR" });
  expect(withLine(view, phases, 2, place).also).toEqual([1, 2, 3, 4]);
});
