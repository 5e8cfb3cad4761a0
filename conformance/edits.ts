/** A part of a text and what is put in its place. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** Applies edits that do not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let done = 0;
  for (const { start, end, text: by } of inOrder(edits)) {
    result += text.slice(done, start) + by;
    done = end;
  }
  return result + text.slice(done);
}

export function overlap(edits: readonly Edit[]): boolean {
  const sorted = inOrder(edits);
  return sorted.some(({ start }, i) => start < (sorted[i - 1]?.end ?? -1) || start === sorted[i - 1]?.start);
}

/** Where a character of the old text, kept by the edits, stands in the new one. */
export function shifted(offset: number, edits: readonly Edit[]): number {
  return edits
    .filter(({ start, end }) => end <= offset && start < offset + Number(start === end))
    .reduce((at, { start, end, text }) => at + text.length - (end - start), offset);
}

/** Where the text of an edit begins in the new text. */
export function startOf(edit: Edit, edits: readonly Edit[]): number {
  const before = edits.filter(({ start }) => start < edit.start);
  return edit.start + before.reduce((sum, { start, end, text }) => sum + text.length - (end - start), 0);
}

function inOrder(edits: readonly Edit[]): Edit[] {
  return [...edits].sort((a, b) => a.start - b.start);
}
