import type { AnsiSpan, AnsiStyle } from "#lib/kiwi/log/index.ts";

export interface Piece {
  text: string;
  style: AnsiStyle;
  /** It belongs to a hit of the search. */
  marked: boolean;
}

/** Cuts a line's spans at the hits of a search. */
export function markSpans(spans: readonly AnsiSpan[], hits: readonly (readonly [number, number])[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { text, style } of spans) {
    const edges = new Set([0, text.length]);
    for (const hit of hits) {
      for (const place of hit) if (place > at && place < at + text.length) edges.add(place - at);
    }
    const sorted = [...edges].sort((a, b) => a - b);
    for (const [index, from] of sorted.slice(0, -1).entries()) {
      const marked = hits.some(([first, end]) => at + from >= first && at + from < end);
      pieces.push({ text: text.slice(from, sorted[index + 1]), style, marked });
    }
    at += text.length;
  }
  return pieces;
}
