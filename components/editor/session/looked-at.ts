import { editor, type IDisposable } from "monaco-editor/editor";
import { fileLanguage } from "../monaco/file-language.ts";
import { addressOf } from "./file-address.ts";
import type { FileDoor } from "./open-files.ts";

/** Models of files that are looked at without being opened: what a definition or a reference leads to. */
export class LookedAt implements IDisposable {
  readonly #description: string;
  readonly #door: FileDoor;
  readonly #isOpen: (path: string) => boolean;
  readonly #models = new Set<editor.ITextModel>();
  #disposed = false;

  constructor(description: string, door: FileDoor, isOpen: (path: string) => boolean) {
    this.#description = description;
    this.#door = door;
    this.#isOpen = isOpen;
  }

  /** The model of a file, with the text on disk where it is not open. What cannot be read as text has an empty one. */
  async model(path: string): Promise<editor.ITextModel> {
    const address = addressOf(this.#description, path);
    const open = editor.getModel(address);
    if (open && this.#isOpen(path)) return open;
    const text = path.endsWith("/") ? "" : await this.#read(path);
    if (this.#disposed) throw new Error("the editor was closed");
    // It may have come meanwhile.
    const known = editor.getModel(address);
    if (known) {
      if (!this.#isOpen(path) && known.getValue() !== text) known.setValue(text);
      return known;
    }
    const model = editor.createModel(text, fileLanguage(path, text), address);
    this.#models.add(model);
    return model;
  }

  /** Models that were opened meanwhile have gone with their files. */
  dispose(): void {
    this.#disposed = true;
    for (const model of this.#models) if (!model.isDisposed()) model.dispose();
  }

  async #read(path: string): Promise<string> {
    const file = await this.#door.read(path).catch(() => null);
    return file?.text ?? "";
  }
}
