import { editor, type IDisposable } from "monaco-editor/editor";
import type { SchemaName } from "#lib/contracts/builder.ts";
import type { RuleSettingsText } from "#lib/contracts/rule-settings.ts";
import { Store } from "../session/store.ts";
import type { LanguageClient } from "./client.ts";
import { linkedMarker } from "./linked-marker.ts";
import { noteTime } from "./note-time.ts";
import type { FileProblem, SchemaState, SourceFile } from "./protocol.ts";

/** What is known of the description's problems. */
export interface Verdict {
  problems: readonly FileProblem[];
  /** False before the first verdict, and where the last check gave none. */
  known: boolean;
  /** Why the last check gave none; null where it did. */
  failure: string | null;
}

const OWNER = "kiwi";

/** Keeps the description judged: tells the worker what is typed, asks for problems, and marks them in open files. */
export class Diagnosis implements IDisposable {
  /** What is said stays the same object as long as it is the same: most keys change nothing in it. */
  readonly verdict = new Store<Verdict>({ problems: [], known: false, failure: null });
  /** False while newer text waits for its verdict. */
  readonly current = new Store(false);
  readonly schema = new Store<SchemaState>({ kind: "loading" });
  readonly #client: LanguageClient;
  readonly #main: string;
  readonly #modelOf: (path: string) => editor.ITextModel | undefined;
  readonly #open = new Set<string>();
  /** The versions of texts that the worker was told last. */
  readonly #told = new Map<string, number>();
  /** The problems that each model is marked with, written out. */
  readonly #marked = new WeakMap<editor.ITextModel, string>();
  #judged = new Set<string>();
  #onDisk = new Map<string, string>();
  /** What the worker judges by was asked for by this name. */
  #schemaName: string | undefined;
  #stale = false;
  /** When a text changed last. */
  #changedAt = 0;
  #checking = false;
  #disposed = false;

  constructor(client: LanguageClient, main: string, modelOf: (path: string) => editor.ITextModel | undefined) {
    this.#client = client;
    this.#main = main;
    this.#modelOf = modelOf;
  }

  /**
   * The files that may be part of the description and its scripts, as they are on disk, and all that lies in the folder.
   * What is not among `files`, and scripts, are never judged.
   */
  setFolder(files: SourceFile[], mains: string[], entries: string[], settings: RuleSettingsText[]): void {
    this.#judged = new Set(files.map((file) => file.path).filter((path) => !path.endsWith(".sh")));
    this.#onDisk = new Map([...files, ...settings].map(({ path, text }) => [path, text]));
    this.#client.tell({ kind: "folder", files, mains, entries, settings });
    this.#recheck();
  }

  /** A schema that is there is kept when the builder goes away for a while: no judge knows better. */
  async setSchema(schema: SchemaName | null, reason: string): Promise<void> {
    const known = this.schema.get();
    const name = JSON.stringify(schema);
    if (known.kind === "ready" && (schema === null || name === this.#schemaName)) return;
    if (known.kind === "absent" && schema === null && known.reason === reason) return;
    this.#schemaName = name;
    this.schema.set({ kind: "loading" });
    try {
      this.schema.set(await this.#client.ask("useSchema", { schema, reason }));
    } catch (error) {
      if (this.#disposed) return;
      this.schema.set({ kind: "absent", reason: messageOf(error) });
    }
    this.#recheck();
  }

  /** Judges again by what else is known now. */
  reconsider(): void {
    this.#recheck();
  }

  /** Whether a file may be part of the description. */
  judges(path: string): boolean {
    return this.#judged.has(path);
  }

  /** The text that the worker has of a file which is not open. */
  textOnDisk(path: string): string | undefined {
    return this.#onDisk.get(path);
  }

  opened(path: string): void {
    this.#open.add(path);
    this.#tellText(path);
    this.#recheck();
  }

  changed(path: string, event: editor.IModelContentChangedEvent): void {
    this.#changedAt = performance.now();
    const from = this.#told.get(path);
    const model = this.#modelOf(path);
    if (from === undefined || model === undefined || event.isFlush || event.isEolChange) this.#tellText(path);
    else {
      const edits = event.changes.map(({ rangeOffset: start, rangeLength, text }) => ({
        start,
        end: start + rangeLength,
        text,
      }));
      const [to, length] = [event.versionId, model.getValueLength()];
      this.#client.tell({ kind: "edits", path, from, to, edits, length });
      this.#told.set(path, to);
    }
    this.#recheck();
  }

  closed(path: string): void {
    this.#open.delete(path);
    this.#told.delete(path);
    this.#client.tell({ kind: "closed", path });
    this.#recheck();
  }

  dispose(): void {
    this.#disposed = true;
  }

  /**
   * One check at a time: while the worker thinks, newer text only makes the answer stale, and a stale answer is thrown
   * away for a new question. So marks never stand beside the text that they speak of, and keys never queue up.
   */
  #recheck(): void {
    this.#stale = true;
    this.current.set(false);
    if (this.#checking) return;
    this.#checking = true;
    // At once: what the editor asks after each key, completions above all, must not come to the worker before.
    void this.#check();
  }

  async #check(): Promise<void> {
    try {
      while (this.#stale && !this.#disposed) {
        this.#stale = false;
        if (this.schema.get().kind === "loading" || this.#judged.size === 0) return;
        const others = [...this.#open].filter((path) => path !== this.#main && this.#judged.has(path));
        const answer = this.#client.ask("check", { main: this.#main, others });
        this.#client.hasten();
        const { problems, versions } = await answer;
        if (this.#stale || this.#disposed) continue;
        const lost = [...this.#open].filter((path) => versions[path] !== this.#modelOf(path)?.getVersionId());
        for (const path of lost) this.#tellText(path);
        if (lost.length === 0) this.#publish(problems);
        else this.#stale = true;
      }
    } catch (error) {
      if (!this.#disposed) {
        this.verdict.set({ problems: [], known: false, failure: messageOf(error) });
        this.current.set(true);
      }
    } finally {
      this.#checking = false;
    }
  }

  #tellText(path: string): void {
    const model = this.#modelOf(path);
    if (model === undefined) return;
    const version = model.getVersionId();
    this.#client.tell({ kind: "text", path, text: model.getValue(), version });
    this.#told.set(path, version);
  }

  #publish(problems: FileProblem[]): void {
    for (const path of this.#open) {
      const model = this.#modelOf(path);
      if (!model) continue;
      const own = problems.filter((problem) => problem.file === path);
      const said = JSON.stringify(own);
      if (this.#marked.get(model) !== said) editor.setModelMarkers(model, OWNER, own.map(linkedMarker));
      this.#marked.set(model, said);
    }
    noteTime("kiwi.markers", this.#changedAt);
    const known = this.verdict.get();
    if (!known.known || JSON.stringify(problems) !== JSON.stringify(known.problems)) {
      this.verdict.set({ problems, known: true, failure: null });
    }
    this.current.set(true);
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
