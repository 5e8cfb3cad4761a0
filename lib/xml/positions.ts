/** A place as editors count it: line and column from 1, columns in UTF-16 units. */
export interface Position {
  line: number;
  column: number;
}

/** Converts between offsets and places of one text. Lines end at `\n`, `\r\n` or a lone `\r`. */
export interface LineIndex {
  position(offset: number): Position;
  offset(position: Position): number;
}

export function lineIndex(text: string): LineIndex {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);

  return {
    position(offset) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] as number) <= offset) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: offset - (starts[low] as number) + 1 };
    },
    offset({ line, column }) {
      const start = starts[Math.max(0, Math.min(line, starts.length) - 1)] as number;
      return Math.min(start + column - 1, text.length);
    },
  };
}
