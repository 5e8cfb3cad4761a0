import { PassThrough } from "node:stream";
import type { WriteStream } from "node:tty";
import { expect, test } from "vitest";
import { createTerminal, formatSeconds } from "./terminal.ts";

/** A stream that is no terminal, and what was written to it. */
function output() {
  const stream = new PassThrough().setEncoding("utf8");
  return { stream: stream as unknown as WriteStream, text: () => String(stream.read() ?? "") };
}

test("a step says how it went, what came of it and how long it took", async () => {
  const { stream, text } = output();
  const result = await createTerminal(stream).step("Counting", async (step) => {
    step.outcome("three");
    return 3;
  });
  expect(result).toBe(3);
  expect(text()).toMatch(/^✓ Counting: three {2}\d\.\d s\n$/);
});

test("a step that fails says so and hands its error on", async () => {
  const { stream, text } = output();
  const failure = new Error("no");
  const step = createTerminal(stream).step("Counting", () => Promise.reject(failure));
  await expect(step).rejects.toBe(failure);
  expect(text()).toMatch(/^✗ Counting {2}/);
});

test("nobody at a terminal, nobody to ask", async () => {
  expect(await createTerminal(output().stream).confirm("Really?")).toBeNull();
});

test.each([
  [0, "0.0 s"],
  [9_940, "9.9 s"],
  [47_200, "47 s"],
  [200_000, "3 min 20 s"],
])("%i ms are %s", (milliseconds, text) => {
  expect(formatSeconds(milliseconds)).toBe(text);
});
