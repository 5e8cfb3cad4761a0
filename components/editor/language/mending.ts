import type { editor } from "monaco-editor/editor";
import type {
  FileEdit,
  Fix,
  FormAnswer,
  FormChange,
  NoUpgrade,
  PackageChange,
  UpgradePlan,
} from "#lib/kiwi/language/index.ts";
import type { LanguageClient } from "./client.ts";
import { type DescriptionModels, rangeOf } from "./description-models.ts";
import type { FileProblem } from "./protocol.ts";

/** Edits and the texts that they were worked out for: versions of open models, or the text of files on disk. */
export interface Planned {
  edits: readonly FileEdit[];
  versions: ReadonlyMap<string, number>;
}

export type Offer = Fix & Planned;
export type FormOffer = Planned | Extract<FormAnswer, { refusal: string }>;
export type UpgradeOffer = (UpgradePlan & Planned) | NoUpgrade;

/** What is needed to know of files before they are changed. */
export interface ChangedFiles {
  /** The models that are open, by path. */
  open(): ReadonlyMap<string, editor.ITextModel>;
  isWritable(path: string): boolean;
  /** The text by which a file that is not open was judged. */
  textOnDisk(path: string): string | undefined;
}

/** Asks how problems end, and changes the files of the description accordingly: each change can be undone in its file. */
export class Mending {
  readonly #client: LanguageClient;
  readonly #main: string;
  readonly #models: DescriptionModels;
  readonly #files: ChangedFiles;

  constructor(client: LanguageClient, main: string, models: DescriptionModels, files: ChangedFiles) {
    this.#client = client;
    this.#main = main;
    this.#models = models;
    this.#files = files;
  }

  /** Ways to end a problem, the best first. */
  async offers(problem: FileProblem): Promise<Offer[]> {
    const versions = this.#versions();
    const fixes = await this.#client.ask("fixes", { main: this.#main, problem });
    return fixes.map((fix) => ({ ...fix, versions }));
  }

  /** What brings the description to the newest schema version. */
  async upgrade(): Promise<UpgradeOffer> {
    const versions = this.#versions();
    const plan = await this.#client.ask("upgrade", { path: this.#main });
    return "reason" in plan ? plan : { ...plan, versions };
  }

  /** What makes a change of the form of packages. */
  async changePackages(change: PackageChange): Promise<Planned> {
    const versions = this.#versions();
    return { edits: await this.#client.ask("changePackages", { path: this.#main, change }), versions };
  }

  /** What makes a change of the form of everything else, or why it cannot be. */
  async changeForm(change: FormChange): Promise<FormOffer> {
    const versions = this.#versions();
    const answer = await this.#client.ask("changeForm", { path: this.#main, change });
    return "refusal" in answer ? answer : { ...answer, versions };
  }

  /**
   * Changes all files or none. Files that are not open are opened, and stay unsaved like the others.
   * @throws Error with a message for people, where a text is not the one any more that the edits were worked out for.
   */
  async apply({ edits, versions }: Planned): Promise<void> {
    const paths = [...new Set(edits.map(({ path }) => path))];
    const changes = await Promise.all(
      paths.map(async (path) => {
        const wasOpen = this.#files.open().has(path);
        const model = await this.#models.edit(path);
        const shift = wasOpen ? 0 : this.#byteOrderMark(path);
        const own = edits.filter((edit) => edit.path === path);
        const operations = own.map(({ start, end, text }) => ({
          range: rangeOf(model, { start: start - shift, end: end - shift }),
          text,
        }));
        return {
          path,
          model,
          operations,
          isSame: wasOpen ? this.#isVersion(model, versions.get(path)) : this.#isOnDisk(path, model),
        };
      }),
    );
    for (const { path, isSame } of changes) {
      if (!this.#files.isWritable(path)) throw new Error(`The Workbench may not write ${path}.`);
      if (!isSame) throw new Error(`${path} has changed meanwhile. Nothing was done; try again.`);
    }
    for (const { model, operations } of changes) {
      model.pushStackElement();
      model.pushEditOperations([], operations, () => null);
      model.pushStackElement();
    }
  }

  #versions(): ReadonlyMap<string, number> {
    return new Map([...this.#files.open()].map(([path, model]) => [path, model.getVersionId()]));
  }

  #isVersion(model: editor.ITextModel, version: number | undefined): boolean {
    return model.getVersionId() === version;
  }

  /** A file that was opened for the change holds the text that was judged; one that was made for it holds nothing. */
  #isOnDisk(path: string, model: editor.ITextModel): boolean {
    return model.getValue() === (this.#files.textOnDisk(path) ?? "").replace(/^\uFEFF/, "");
  }

  /** Models keep a byte order mark beside their text. */
  #byteOrderMark(path: string): number {
    return this.#files.textOnDisk(path)?.startsWith("\uFEFF") === true ? 1 : 0;
  }
}
