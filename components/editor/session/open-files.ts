import type { editor, IDisposable } from "monaco-editor/editor";
import type { FileText, SaveResult } from "#lib/contracts/description.ts";
import { type Drafts, fateOf, NEW_FILE } from "./drafts.ts";
import { OpenFile, type OpenFileState } from "./open-file.ts";
import { Store } from "./store.ts";

/** How files of the description are read and written; the server behind it checks versions. */
export interface FileDoor {
  /** Null where there is no such file. */
  read(path: string): Promise<FileText | null>;
  write(path: string, text: string, version: string | null): Promise<SaveResult>;
}

/** A save that was not done because the disk holds something newer; `theirs` is null where the file is gone. */
export interface Conflict {
  path: string;
  theirs: FileText | null;
}

/** Told of every text that comes, changes or goes. */
export interface TextListener {
  opened(path: string): void;
  changed(path: string, event: editor.IModelContentChangedEvent): void;
  closed(path: string): void;
}

/** Pause after the last key before a draft is written; leaving the page writes at once. */
const DRAFT_PAUSE_MS = 300;

/** The files that are open in the editor, in the order of their tabs. */
export class OpenFiles {
  readonly state = new Store<readonly OpenFileState[]>([]);
  readonly conflict = new Store<Conflict | null>(null);
  readonly #files = new Map<string, { file: OpenFile; listening: IDisposable }>();
  readonly #opening = new Map<string, Promise<OpenFile>>();
  readonly #unwritten = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #description: string;
  readonly #door: FileDoor;
  readonly #drafts: Drafts;
  readonly #listener: TextListener;
  #disposed = false;

  constructor(description: string, door: FileDoor, drafts: Drafts, listener: TextListener) {
    this.#description = description;
    this.#door = door;
    this.#drafts = drafts;
    this.#listener = listener;
  }

  get(path: string): OpenFile | undefined {
    return this.#files.get(path)?.file;
  }

  /** The models of the open files, by path. */
  models(): ReadonlyMap<string, editor.ITextModel> {
    return new Map([...this.#files].map(([path, { file }]) => [path, file.model]));
  }

  /** Opens a file, once, with the unsaved text of an earlier visit if there is some. */
  open(path: string): Promise<OpenFile> {
    return this.#open(path, false);
  }

  /** Opens a file; one that is not there yet is empty, and comes into being when it is saved. */
  openOrMake(path: string): Promise<OpenFile> {
    return this.#open(path, true);
  }

  #open(path: string, make: boolean): Promise<OpenFile> {
    const known = this.get(path);
    if (known) return Promise.resolve(known);
    const opening = this.#opening.get(path) ?? this.#load(path, make).finally(() => this.#opening.delete(path));
    this.#opening.set(path, opening);
    return opening;
  }

  /**
   * Opens every file that has unsaved text of an earlier visit.
   * @returns the files that cannot be opened any more; their drafts stay.
   */
  async restore(): Promise<string[]> {
    const lost = await Promise.all(
      this.#drafts.paths().map((path) =>
        this.open(path).then(
          () => null,
          () => path,
        ),
      ),
    );
    return this.#disposed ? [] : lost.filter((path) => path !== null);
  }

  /** Closes a file; what is unsaved stays in its draft. */
  close(path: string): void {
    const entry = this.#files.get(path);
    if (!entry) return;
    this.writeDraft(path);
    entry.listening.dispose();
    entry.file.model.dispose();
    this.#files.delete(path);
    this.#listener.closed(path);
    this.#publish();
  }

  /**
   * Saves a file; false where the disk holds something newer: nothing was written then, and `conflict` shows both.
   * @throws what the door throws.
   */
  async save(path: string): Promise<boolean> {
    const file = this.get(path);
    if (!file?.dirty) return true;
    return this.#write(file, file.isNew ? null : file.version);
  }

  /** Saves every changed file, one after the other, up to the first conflict. */
  async saveAll(): Promise<boolean> {
    for (const { path, dirty } of this.state.get()) if (dirty && !(await this.save(path))) return false;
    return true;
  }

  /** Ends a conflict with `text`, written over the version that the person has seen beside it. */
  async settle(conflict: Conflict, text: string): Promise<boolean> {
    const file = await this.open(conflict.path);
    this.conflict.set(null);
    if (conflict.theirs !== null && text === conflict.theirs.text) {
      file.adopt(conflict.theirs);
      this.#afterSave(file);
      return true;
    }
    if (text !== file.text) file.replace(text);
    return this.#write(file, conflict.theirs?.version ?? null);
  }

  /** Leaves a conflict for later; what was edited meanwhile beside the other version goes on as unsaved text. */
  postpone(conflict: Conflict, text: string): void {
    const file = this.get(conflict.path);
    if (file && file.text !== text) file.replace(text);
    this.conflict.set(null);
  }

  /** Throws the unsaved text away, as one step that can be undone; a file that has nothing else is closed. */
  discard(path: string): void {
    const file = this.get(path);
    if (!file) return;
    const isNowhere = file.isNew || file.state.restored === "removed-meanwhile";
    file.revert();
    this.#afterSave(file);
    if (isNowhere) this.close(path);
  }

  /** Reads again what is open and unchanged here, for what others have written meanwhile. */
  async refresh(): Promise<void> {
    await Promise.all(
      this.state.get().map(async ({ path }) => {
        const disk = await this.#door.read(path).catch(() => null);
        const file = this.get(path);
        if (disk && file && !file.dirty && disk.version !== file.version) {
          file.adopt(disk);
          this.#publish();
        }
      }),
    );
  }

  /** Writes the drafts that are still waiting for a pause. */
  flush(): void {
    for (const path of [...this.#unwritten.keys()]) this.writeDraft(path);
  }

  dispose(): void {
    this.#disposed = true;
    for (const path of [...this.#files.keys()]) this.close(path);
  }

  async #load(path: string, make: boolean): Promise<OpenFile> {
    const disk = await this.#door.read(path);
    if (this.#disposed) throw new Error("the editor was closed");
    const draft = this.#drafts.read(path);
    const fate = fateOf(draft, disk);
    if (!disk && !draft && !make) throw new Error("There is no such file any more.");
    const file = new OpenFile(this.#description, disk ?? { path, text: "", version: NEW_FILE, writable: true });
    if (draft && fate !== "nothing") file.restore(draft.text, draft.version, fate);
    else this.#drafts.discard(path);
    const listening = file.model.onDidChangeContent((event) => this.#changed(file, event));
    this.#files.set(path, { file, listening });
    this.#listener.opened(path);
    this.#publish();
    return file;
  }

  async #write(file: OpenFile, version: string | null): Promise<boolean> {
    const { text, path, writable } = file;
    const savedId = file.model.getAlternativeVersionId();
    const result = await this.#door.write(path, text, version);
    if (result.outcome === "conflict") {
      this.conflict.set({ path, theirs: result.current });
      return false;
    }
    file.saved({ path, text, version: result.version, writable }, savedId);
    this.#afterSave(file);
    return true;
  }

  #afterSave(file: OpenFile): void {
    this.writeDraft(file.path);
    this.#publish();
  }

  #changed(file: OpenFile, event: editor.IModelContentChangedEvent): void {
    this.#listener.changed(file.path, event);
    clearTimeout(this.#unwritten.get(file.path));
    this.#unwritten.set(
      file.path,
      setTimeout(() => this.writeDraft(file.path), DRAFT_PAUSE_MS),
    );
    this.#publish();
  }

  /** Makes the draft say what the editor says. */
  writeDraft(path: string): void {
    clearTimeout(this.#unwritten.get(path));
    this.#unwritten.delete(path);
    const file = this.get(path);
    if (!file) return;
    if (file.dirty) file.draftRefused = !this.#drafts.write(path, file.text, file.version);
    else this.#drafts.discard(path);
    this.#publish();
  }

  #publish(): void {
    const now = [...this.#files.values()].map(({ file }) => file.state);
    if (JSON.stringify(now) !== JSON.stringify(this.state.get())) this.state.set(now);
  }
}
