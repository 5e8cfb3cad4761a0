import type { AnsiSpan, AnsiStyle } from "#lib/kiwi/log/index.ts";

export interface Piece {
  text: string;
  style: AnsiStyle;
  /** `current` is the hit that the search stands at. */
  mark: "none" | "hit" | "current";
}

/** Cuts a line's spans at the hits of a search: `length` characters from each of `columns` on. */
export function markSpans(
  spans: readonly AnsiSpan[],
  columns: readonly number[],
  length: number,
  currentColumn: number | null,
): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { text, style } of spans) {
    const edges = new Set([0, text.length]);
    for (const column of columns) {
      for (const edge of [column - at, column + length - at]) if (edge > 0 && edge < text.length) edges.add(edge);
    }
    const sorted = [...edges].sort((a, b) => a - b);
    for (const [index, from] of sorted.slice(0, -1).entries()) {
      const hit = columns.find((column) => at + from >= column && at + from < column + length);
      pieces.push({
        text: text.slice(from, sorted[index + 1]),
        style,
        mark: hit === undefined ? "none" : hit === currentColumn ? "current" : "hit",
      });
    }
    at += text.length;
  }
  return pieces;
}
