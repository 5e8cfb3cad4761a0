import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { logViewSchema, type ShownLine } from "#lib/contracts/log.ts";
import { type FetchWindow, LogRows } from "./log-rows.ts";

const line = (number: number, text = `line ${number}`): ShownLine => ({
  number,
  kind: "continuation",
  level: null,
  time: null,
  text,
  style: 0,
  hidden: 0,
  progress: null,
  silence: null,
  output: 0,
  phase: false,
  hits: [],
});

/** A log of so many lines; a filtered view has every tenth. */
function stage(lines: number) {
  const asked: Parameters<FetchWindow>[0][] = [];
  const rows = new LogRows(
    async (request) => {
      asked.push(request);
      await sleep(1);
      const step = request.view.level === null ? 1 : 10;
      const total = Math.floor(lines / step);
      const count = Math.max(0, Math.min(request.count, total - request.from));
      return {
        from: request.from,
        total,
        rows: Array.from({ length: count }, (_, at) => line((request.from + at) * step + 1)),
      };
    },
    () => {},
  );
  const here = async (from: number, to: number) => {
    rows.want(from, to);
    for (;;) {
      const numbers = Array.from({ length: to - from }, (_, at) => rows.row(from + at)?.number);
      if (!numbers.includes(undefined)) return numbers;
      await sleep(1);
    }
  };
  return { rows, asked, here };
}

test("only what is looked at is fetched, and little of it is kept", async () => {
  const { rows, asked, here } = stage(10_000_000);
  rows.grow(10_000_000, []);
  expect(rows.total).toBe(10_000_000);
  for (let from = 0; from < 100; from++) {
    const first = from * 99_991;
    expect(await here(first, first + 40)).toEqual(Array.from({ length: 40 }, (_, at) => first + at + 1));
  }
  const here_ = Array.from({ length: 10_000_000 / 100 }, (_, at) => rows.row(at * 100)).filter(Boolean);
  expect(here_.length).toBeLessThan(70);
  expect(asked.length).toBeLessThan(220);
});

test("news fill the end without a question", async () => {
  const { rows, asked, here } = stage(3);
  rows.grow(2, [line(1), line(2, "hal")]);
  rows.grow(3, [line(2, "half"), line(3)]);
  expect(await here(0, 3)).toEqual([1, 2, 3]);
  expect(rows.row(1)?.text).toBe("half");
  expect(asked).toEqual([]);
});

test("another view has its own rows, and the whole is there again afterwards", async () => {
  const { rows, here } = stage(1000);
  rows.grow(1000, []);
  await here(0, 40);
  const { view } = rows;
  rows.show(logViewSchema.parse({ level: "ERROR" }), null);
  expect(rows.row(0)).toBe(undefined);
  expect(await here(0, 3)).toEqual([1, 11, 21]);
  expect(rows.total).toBe(100);
  rows.show(view, null);
  expect(rows.total).toBe(1000);
  expect(await here(0, 3)).toEqual([1, 2, 3]);
});
