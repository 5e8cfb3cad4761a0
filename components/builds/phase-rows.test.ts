import { expect, test } from "vitest";
import { emptyLog } from "#lib/contracts/log.ts";
import { KiwiLog } from "#lib/kiwi/log/index.ts";
import { phaseRows } from "./phase-rows.ts";

const text = [
  "[ INFO    ]: 12:00:00 | Loading XML description",
  "[ INFO    ]: 12:00:05 | Preparing new root system",
  "[ INFO    ]: 12:00:10 | Installing bootstrap packages",
  "[ DEBUG   ]: 12:00:15 | bootstrap: unpacking",
  "",
].join("\n");
const startedAt = "2026-01-01T10:00:00Z";
const rows = (state: "running" | "succeeded" | "failed" | "cancelled", more = "") => {
  const log = new KiwiLog();
  log.append(text + more);
  if (state !== "running") log.finish();
  const { phases, times, progress, packages } = log;
  const summary = { ...emptyLog, phases: [...phases], times, progress, packages };
  return phaseRows(summary, { state, startedAt, phases: [] }, Date.parse(startedAt) + 40_000).map((row) => [
    row.state,
    row.seconds,
  ]);
};

test("a running phase counts on while the log is silent", () => {
  expect(rows("running")).toEqual([
    ["done", 5],
    ["done", 5],
    ["running", 30],
  ]);
});

test("the end of the build is the end of the last phase", () => {
  expect(rows("succeeded").at(-1)).toEqual(["done", 5]);
  expect(rows("failed").at(-1)).toEqual(["failed", 5]);
  expect(rows("cancelled").at(-1)).toEqual(["stopped", 5]);
});

test("a phase with KIWI's error has failed, even while the build goes on", () => {
  expect(rows("running", "[ ERROR   ]: 12:00:20 | KiwiError: no\n").at(-1)).toEqual(["failed", 10]);
});

test("a build that was cancelled has not failed, whatever KIWI says of the interrupt", () => {
  expect(rows("cancelled", "[ ERROR   ]: 12:00:20 | kiwi aborted by keyboard interrupt\n").at(-1)).toEqual([
    "stopped",
    10,
  ]);
});
