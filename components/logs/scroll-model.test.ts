import { expect, test } from "vitest";
import { ScrollModel } from "./scroll-model.ts";

function model(rows: number, wrapped = false): ScrollModel {
  const scroll = new ScrollModel();
  Object.assign(scroll, { rows, viewport: 600, wrapped });
  scroll.settled(scroll.bar);
  return scroll;
}
/** Pulls the bar, and lets the box follow as the page does when the reader rests. */
function pull(scroll: ScrollModel, to: number) {
  scroll.scrolled(to);
  scroll.settled(scroll.bar);
}

test("a short list is scrolled as any other box", () => {
  const scroll = model(1000);
  expect(scroll.height).toBe(20_000);
  expect(scroll.range).toEqual([969, 1000]);
  scroll.scrolled(1010);
  expect(scroll.top).toEqual({ row: 50, offset: 10 });
  expect(scroll.bar).toBe(1010);
  scroll.scrolled(19_400);
  expect(scroll.atEnd).toBe(true);
});

test("ten million rows have one bar: its ends are theirs, and its middle leads to the middle", () => {
  const scroll = model(10_000_000);
  expect(scroll.height).toBe(8_000_000);
  pull(scroll, 0);
  expect(scroll.range[0]).toBe(0);
  pull(scroll, (scroll.height - 600) / 2);
  expect(scroll.top.row).toBeGreaterThan(4_999_000);
  expect(scroll.top.row).toBeLessThan(5_001_000);
  pull(scroll, scroll.height - 600);
  expect(scroll.range[1]).toBe(10_000_000);
});

test("the wheel moves by pixels, however many rows a pixel of the bar stands for", () => {
  const scroll = model(10_000_000);
  pull(scroll, 4_000_000);
  const before = scroll.top.row;
  let bar = scroll.bar;
  for (let step = 0; step < 10; step++) {
    bar += 100;
    scroll.scrolled(bar);
  }
  expect(scroll.top).toEqual({ row: before + 50, offset: 0 });
  // The bar is set to where it belongs, which is no step of the reader.
  scroll.settled(scroll.bar);
  scroll.scrolled(scroll.bar);
  expect(scroll.top.row).toBe(before + 50);
});

test("rows that come do not move the reader, except one who is at the end", () => {
  for (const rows of [1000, 10_000_000]) {
    const scroll = model(rows);
    scroll.rows += 500;
    expect(scroll.range[1]).toBe(rows + 500);
    scroll.reveal(300);
    const { top } = scroll;
    scroll.rows += 500;
    expect(scroll.top).toEqual(top);
  }
});

test("wrapped rows are scrolled by what they take", () => {
  const scroll = model(1000, true);
  pull(scroll, 0);
  for (let row = 0; row < 50; row++) scroll.measured(row, 60);
  scroll.scrolled(150);
  expect(scroll.top).toEqual({ row: 2, offset: 30 });
  scroll.scrolled(100);
  expect(scroll.top).toEqual({ row: 1, offset: 40 });
});

test("a row that is wanted is brought into the middle, one that is seen stays where it is", () => {
  const scroll = model(10_000_000);
  scroll.reveal(1234);
  const { top } = scroll;
  expect(top.row).toBeLessThan(1234);
  scroll.reveal(1236);
  expect(scroll.top).toEqual(top);
  // A box that becomes smaller keeps it in view, until the reader scrolls.
  scroll.resized(200);
  expect(scroll.range[0]).toBeGreaterThan(1220);
  scroll.resized(600);
  scroll.reveal(9_999_999);
  expect(scroll.range[1]).toBe(10_000_000);
});
