import { type editor, Range, type Uri } from "monaco-editor/editor";

/** The files of the description as the editor knows them. */
export interface DescriptionModels {
  /** Which file a model is; undefined for files that cannot be part of the description. */
  pathOf(model: editor.ITextModel): string | undefined;
  /** Which file of the folder a model is, scripts included. */
  fileOf(model: editor.ITextModel): string | undefined;
  addressOf(path: string): Uri;
  /** The model of a file, open or not. */
  look(path: string): Promise<editor.ITextModel>;
  /** The model of a file that is to be changed: it is opened, and made where there is none. */
  edit(path: string): Promise<editor.ITextModel>;
}

/** A piece of a model's text, given as offsets. */
export function rangeOf(model: editor.ITextModel, { start, end }: { start: number; end: number }): Range {
  return Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));
}
