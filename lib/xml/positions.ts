import type { TextEdit } from "./edit/text-edit.ts";

/** A place as editors count it: line and column from 1, columns in UTF-16 units. */
export interface Position {
  line: number;
  column: number;
}

/** Converts between offsets and places of one text. Lines end at `\n`, `\r\n` or a lone `\r`. */
export interface LineIndex {
  position(offset: number): Position;
  offset(position: Position): number;
  /** The index of the text that a change makes of this one. */
  after(change: TextEdit, text: string): LineIndex;
}

export function lineIndex(text: string): LineIndex {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return indexOf(starts, text.length);
}

function indexOf(starts: readonly number[], length: number): LineIndex {
  /** How many lines start at the offset or before it. */
  const linesUpTo = (offset: number) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    position(offset) {
      const line = Math.max(1, linesUpTo(offset));
      return { line, column: offset - (starts[line - 1] as number) + 1 };
    },
    offset({ line, column }) {
      const start = starts[Math.max(0, Math.min(line, starts.length) - 1)] as number;
      return Math.min(start + column - 1, length);
    },
    after({ start, end, text: added }, text) {
      const delta = added.length - (end - start);
      const before = starts.slice(0, start === 0 ? 1 : linesUpTo(start - 1));
      const behind = starts.slice(Math.max(1, linesUpTo(end))).map((one) => one + delta);
      const between: number[] = [];
      for (let at = Math.max(1, start); at <= end + delta; at++) if (isLineStart(text, at)) between.push(at);
      return indexOf([...before, ...between, ...behind], text.length);
    },
  };
}

function isLineStart(text: string, at: number): boolean {
  const last = text[at - 1];
  return last === "\n" || (last === "\r" && text[at] !== "\n");
}
