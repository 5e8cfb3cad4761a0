import { describe, expect, test } from "vitest";
import { FastLane } from "./fast-lane.ts";
import type { Reply } from "./protocol.ts";

const answer = (id: number, message = "Größe: 8 × 8"): Reply => ({ id, error: message });

function lanes() {
  const memory = new SharedArrayBuffer(1024);
  return { worker: new FastLane(memory), page: new FastLane(memory) };
}

describe("FastLane", () => {
  test("holds an answer for the one who asked", () => {
    const { worker, page } = lanes();
    worker.put(answer(7), 1.5);
    expect(page.take((id) => id === 7)).toEqual(answer(7));
    expect(page.tookMs).toBe(1.5);
  });

  test("is empty at first", () => {
    const { page } = lanes();
    expect(page.take((id) => id > 0)).toBeNull();
    expect(page.tookMs).toBe(Number.POSITIVE_INFINITY);
  });

  test("gives nothing to a question that is answered already", () => {
    const { worker, page } = lanes();
    worker.put(answer(7), 1);
    expect(page.take((id) => id === 8)).toBeNull();
  });

  test("a shorter answer after a longer one is whole", () => {
    const { worker, page } = lanes();
    worker.put(answer(1, "a".repeat(500)), 1);
    worker.put(answer(2, "b"), 1);
    expect(page.take(() => true)).toEqual(answer(2, "b"));
  });

  test("an answer that is too long is not there, and does not spoil what is", () => {
    const { worker, page } = lanes();
    worker.put(answer(1), 1);
    worker.put(answer(2, "a".repeat(2000)), 1);
    expect(page.take((id) => id === 2)).toBeNull();
    expect(page.take((id) => id === 1)).toEqual(answer(1));
  });
});
