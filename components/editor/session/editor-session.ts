import { editor, type IDisposable, Range } from "monaco-editor/editor";
import type { ShellCheck } from "#lib/contracts/shell-check.ts";
import type { Conversion, ConversionTarget, OutlineItem } from "#lib/kiwi/language/index.ts";
import { ChoiceStore } from "../choice/choice-store.ts";
import { LanguageClient } from "../language/client.ts";
import { closeTags } from "../language/closing-tags.ts";
import { provideCompletion } from "../language/completion.ts";
import type { DescriptionModels } from "../language/description-models.ts";
import { Diagnosis } from "../language/diagnosis.ts";
import { provideFixes } from "../language/fixes.ts";
import { provideFormat } from "../language/format.ts";
import { provideHover } from "../language/hover.ts";
import { type BuildHistory, provideLenses } from "../language/lenses.ts";
import { Mending } from "../language/mending.ts";
import { provideNames } from "../language/names.ts";
import { type PackageDoor, PackageLookup } from "../language/package-lookup.ts";
import { ScriptDiagnosis } from "../language/script-diagnosis.ts";
import { provideStructure } from "../language/structure.ts";
import { Drafts } from "./drafts.ts";
import { addressOf, pathAt } from "./file-address.ts";
import { LookedAt } from "./looked-at.ts";
import { type FileDoor, OpenFiles } from "./open-files.ts";
import { Store } from "./store.ts";
import type { Ways } from "./ways.ts";

/** Everything that lives as long as one description is on screen. */
export class EditorSession implements IDisposable {
  readonly files: OpenFiles;
  readonly diagnosis: Diagnosis;
  readonly scripts: ScriptDiagnosis;
  readonly packages: PackageLookup;
  readonly mending: Mending;
  readonly builds = new Store<BuildHistory>(null);
  /** Set by the page while it is on screen. */
  ways: Ways | null = null;
  /** Answers questions about the description. */
  readonly language: LanguageClient;
  /** What to build, wherever it is chosen. */
  readonly choice: ChoiceStore;
  readonly #models: DescriptionModels;
  readonly #disposables: IDisposable[];

  /**
   * @param description id of the description
   * @param main path of its image file inside its folder
   * @param checkScript asks ShellCheck
   * @param packageDoor asks repositories
   */
  constructor(
    description: string,
    main: string,
    door: FileDoor,
    checkScript: (text: string) => Promise<ShellCheck>,
    packageDoor: PackageDoor,
  ) {
    const client = new LanguageClient();
    this.language = client;
    this.choice = new ChoiceStore(localStorage, description);
    this.diagnosis = new Diagnosis(client, main, (path) => this.files.get(path)?.model);
    this.scripts = new ScriptDiagnosis(checkScript, (path) => this.files.get(path)?.model);
    this.packages = new PackageLookup(client, this.diagnosis, main, packageDoor);
    this.files = new OpenFiles(description, door, new Drafts(localStorage, description), {
      opened: (path) => {
        this.diagnosis.opened(path);
        this.scripts.changed(path);
      },
      changed: (path, event) => {
        this.diagnosis.changed(path, event);
        this.scripts.changed(path);
      },
      closed: (path) => {
        this.diagnosis.closed(path);
        this.scripts.closed(path);
      },
    });
    const lookedAt = new LookedAt(description, door, (path) => this.files.get(path) !== undefined);
    const models: DescriptionModels = {
      fileOf: ({ uri }) => pathAt(description, uri),
      pathOf: ({ uri }) => {
        const path = pathAt(description, uri);
        return path !== undefined && this.diagnosis.judges(path) ? path : undefined;
      },
      addressOf: (path) => addressOf(description, path),
      look: (path) => lookedAt.model(path),
      edit: async (path) => (await this.files.openOrMake(path)).model,
    };
    this.#models = models;
    this.mending = new Mending(client, main, models, {
      open: () => this.files.models(),
      isWritable: (path) => this.files.get(path)?.writable ?? true,
      textOnDisk: (path) => this.diagnosis.textOnDisk(path),
    });
    // The ways are read when they are taken, not now: the page comes later than its session.
    const ways: Ways = { go: (target) => this.ways?.go(target), visit: (href) => this.ways?.visit(href) };
    this.#disposables = [
      provideCompletion(client, models.pathOf, (text) => this.packages.search(text)),
      provideHover(client, models.pathOf),
      ...provideStructure(client, models),
      ...provideNames(client, models),
      ...provideFixes(this.mending, models, this.diagnosis),
      ...provideFormat(client, models),
      ...provideLenses(client, models, this.builds, ways),
      closeTags(client, models),
      openElsewhere(description, ways),
      this.diagnosis,
      this.scripts,
      this.packages,
      lookedAt,
      client,
    ];
  }

  /** The outline of a model's file; empty for files that are no part of the description. */
  async outline(model: editor.ITextModel): Promise<readonly OutlineItem[]> {
    const path = this.#models.pathOf(model);
    return path === undefined ? [] : this.language.ask("outline", { path });
  }

  /** The description in a model's file, in another format. */
  async convert(model: editor.ITextModel, to: ConversionTarget): Promise<Conversion> {
    const path = this.#models.pathOf(model);
    if (path === undefined) return { refusal: "This file is no description." };
    return this.language.ask("convert", { path, to });
  }

  dispose(): void {
    this.files.dispose();
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

/** Lets definitions, references and links open other files of the description in the page. */
function openElsewhere(description: string, ways: Ways): IDisposable {
  return editor.registerEditorOpener({
    openCodeEditor(_, resource, place) {
      const file = pathAt(description, resource);
      if (file === undefined) return false;
      const at = Range.isIRange(place)
        ? { line: place.startLineNumber, column: place.startColumn }
        : { line: place?.lineNumber ?? 1, column: place?.column ?? 1 };
      ways.go({ file, ...at });
      return true;
    },
  });
}
