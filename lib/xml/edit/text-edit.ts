/** A change of one text: the range is replaced. Offsets are UTF-16 units into the text before the change. */
export interface TextEdit {
  start: number;
  end: number;
  text: string;
}

/** Edits in the order of the text; those at the same place keep their order, and touching ones become one. */
export function inTextOrder(edits: readonly TextEdit[]): TextEdit[] {
  const sorted = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  const joined: TextEdit[] = [];
  for (const edit of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && edit.start < last.end) throw new Error("edits of a text must not overlap");
    if (last?.end === edit.start) joined[joined.length - 1] = { ...last, end: edit.end, text: last.text + edit.text };
    else if (edit.start < edit.end || edit.text !== "") joined.push(edit);
  }
  return joined;
}

/** Whether no edit changes what another one changes. */
export function areDisjoint(edits: readonly TextEdit[]): boolean {
  const sorted = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  return sorted.every((edit, index) => edit.start >= (sorted[index - 1]?.end ?? 0));
}

/** The text after the edits. Throws where they overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let done = 0;
  for (const edit of inTextOrder(edits)) {
    result += text.slice(done, edit.start) + edit.text;
    done = edit.end;
  }
  return result + text.slice(done);
}
