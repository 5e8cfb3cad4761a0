import { editor } from "monaco-editor/editor";
import type { FileText } from "#lib/contracts/description.ts";
import { fileLanguage } from "../monaco/file-language.ts";
import { type DraftFate, NEW_FILE } from "./drafts.ts";
import { addressOf } from "./file-address.ts";

/** What lists, tabs and notes show of an open file. */
export interface OpenFileState {
  path: string;
  dirty: boolean;
  writable: boolean;
  /** Unsaved text of an earlier visit was put back. */
  restored: Exclude<DraftFate, "nothing"> | null;
  /** The browser could not keep the unsaved text. */
  draftRefused: boolean;
  /** The file mixes line endings; the editor works with one kind, so saving makes them alike. */
  mixedLineEndings: boolean;
}

/**
 * A file of the description in the editor: its text with its own undo history, and what of it is on disk.
 * Going back to the saved text, by undo too, makes it clean again.
 */
export class OpenFile {
  readonly model: editor.ITextModel;
  readonly writable: boolean;
  /** The version on disk that the text is based on. */
  version: string;
  #disk: FileText;
  #savedId: number;
  #restored: OpenFileState["restored"] = null;
  #mixedLineEndings: boolean;
  draftRefused = false;

  constructor(description: string, disk: FileText) {
    this.model = modelOf(description, disk);
    this.version = disk.version;
    this.writable = disk.writable;
    this.#disk = disk;
    this.#savedId = this.model.getAlternativeVersionId();
    this.#mixedLineEndings = this.text !== disk.text;
  }

  get path(): string {
    return this.#disk.path;
  }

  /** The whole text as it would be saved, with its byte order mark if it has one. */
  get text(): string {
    return this.model.getValue(editor.EndOfLinePreference.TextDefined, true);
  }

  /** It has never been on disk. */
  get isNew(): boolean {
    return this.version === NEW_FILE;
  }

  get dirty(): boolean {
    return this.model.getAlternativeVersionId() !== this.#savedId;
  }

  get state(): OpenFileState {
    const { path, dirty, writable, draftRefused } = this;
    return { path, dirty, writable, draftRefused, restored: this.#restored, mixedLineEndings: this.#mixedLineEndings };
  }

  /** Puts the text of an earlier visit back, as one step that can be undone. */
  restore(text: string, version: string, fate: Exclude<DraftFate, "nothing">): void {
    this.replace(text);
    this.version = version;
    this.#restored = fate;
  }

  /** Back to the text on disk, as one step that can be undone. */
  revert(): void {
    this.adopt(this.#disk);
  }

  /** Takes the text on disk for its own. */
  adopt(disk: FileText): void {
    this.replace(disk.text);
    this.saved(disk);
  }

  /** The text that the editor holds now, or held when `savedId` was its version, is the one on disk. */
  saved(disk: FileText, savedId = this.model.getAlternativeVersionId()): void {
    this.#disk = disk;
    this.version = disk.version;
    this.#savedId = savedId;
    this.#restored = null;
    this.#mixedLineEndings = false;
  }

  /** Replaces the text, with its kind of line endings, and keeps the undo history. */
  replace(text: string): void {
    const { CRLF, LF } = editor.EndOfLineSequence;
    // The model keeps a byte order mark beside its text, not in it.
    const edit = { range: this.model.getFullModelRange(), text: text.replace(/^\uFEFF/, "") };
    this.model.pushStackElement();
    this.model.pushEOL(text.includes("\r\n") ? CRLF : LF);
    this.model.pushEditOperations([], [edit], () => null);
    this.model.pushStackElement();
  }
}

/** A model that was only looked at so far becomes the file's own. */
function modelOf(description: string, { path, text }: FileText): editor.ITextModel {
  const address = addressOf(description, path);
  const known = editor.getModel(address);
  if (known === null) return editor.createModel(text, fileLanguage(path, text), address);
  known.setValue(text);
  return known;
}
