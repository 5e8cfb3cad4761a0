import type { TextEdit } from "./text-edit.ts";

const block = 4096;

/** The one change that makes `after` of `before`, as small as it gets. */
export function changeBetween(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  // Whole blocks are compared much faster than characters.
  while (start + block <= shorter && before.slice(start, start + block) === after.slice(start, start + block)) {
    start += block;
  }
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;

  const rest = shorter - start;
  let tail = 0;
  const [a, b] = [before.length, after.length];
  while (tail + block <= rest && before.slice(a - tail - block, a - tail) === after.slice(b - tail - block, b - tail)) {
    tail += block;
  }
  while (tail < rest && before.charCodeAt(a - tail - 1) === after.charCodeAt(b - tail - 1)) tail++;
  return { start, end: a - tail, text: after.slice(start, b - tail) };
}
