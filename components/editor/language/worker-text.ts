import { applyEdits, type TextEdit } from "#lib/xml/edit/text-edit.ts";

/** A text of the editor as the worker holds it. */
export interface WorkerText {
  text: string;
  /** The editor's count of the changes that led to it. */
  version: number;
}

/** What one step of typing did to a text: edits to be applied one after the other. */
export interface TextStep {
  from: number;
  to: number;
  edits: readonly TextEdit[];
  /** Length of the text after them. */
  length: number;
}

/** The text after a step; null where the step does not belong to this text, which then must be sent as a whole. */
export function afterStep({ text, version }: WorkerText, { from, to, edits, length }: TextStep): WorkerText | null {
  if (version !== from) return null;
  let after = text;
  for (const edit of edits) {
    if (edit.end > after.length) return null;
    after = applyEdits(after, [edit]);
  }
  return after.length === length ? { text: after, version: to } : null;
}
