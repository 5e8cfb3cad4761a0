import type { MatrixCell, MatrixRow } from "#lib/kiwi/description/matrix.ts";

/** One thing that can be built: a row of the matrix and one of its cells. */
export interface Combination {
  row: MatrixRow;
  cell: MatrixCell;
}

export function rowName({ profiles }: MatrixRow): string {
  return profiles.length === 0 ? "no profile" : profiles.join(" + ");
}

/** Names a combination for people, and is its key. */
export function nameOf({ row, cell }: Combination): string {
  return `${rowName(row)}, ${cell.type}`;
}
