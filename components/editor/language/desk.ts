import { type RuleSettingsText, ruleSettingsFile } from "#lib/contracts/rule-settings.ts";
import { createLanguage, type DocumentRequest, type KnownPackages, type Language } from "#lib/kiwi/language/index.ts";
import type { CheckResult, FileProblem, LanguageMethods, Method, Notice } from "./protocol.ts";
import { afterStep, type WorkerText } from "./worker-text.ts";

type Takes<M extends Method> = LanguageMethods[M]["takes"];
type Gives<M extends Method> = LanguageMethods[M]["gives"];

const gone = { refusal: "There is no such file any more." };

/** The worker's desk: the texts of one description, and the language service that reads them. */
export class LanguageDesk {
  language: Language = createLanguage({ schema: null, kiwiVersion: null, schemaVersion: null });
  /** Another one for texts as they are on disk, so that each has one state of a text to follow. */
  languageOfSaved: Language = this.language;
  #onDisk = new Map<string, string>();
  #mains: string[] = [];
  #entries: string[] = [];
  #settings: RuleSettingsText[] = [];
  #packages: KnownPackages | undefined;
  /** Null where edits did not fit: then nothing is known of the file, least of all what it is on disk. */
  readonly #inEditor = new Map<string, WorkerText | null>();

  take(notice: Notice): void {
    switch (notice.kind) {
      case "folder":
        this.#onDisk = new Map(notice.files.map((file) => [file.path, file.text]));
        this.#mains = notice.mains;
        this.#entries = notice.entries;
        this.#settings = notice.settings;
        break;
      case "text":
        this.#inEditor.set(notice.path, notice);
        break;
      case "edits": {
        const known = this.#inEditor.get(notice.path) ?? null;
        this.#inEditor.set(notice.path, known === null ? null : afterStep(known, notice));
        break;
      }
      case "closed":
        this.#inEditor.delete(notice.path);
        break;
      case "packages":
        this.#packages = notice.packages;
        break;
    }
  }

  /** The problems of all these files. What two checks find alike, because one file includes the other, counts once. */
  check({ main, others }: Takes<"check">): CheckResult {
    const found = new Map<string, FileProblem>();
    for (const path of [main, ...others]) {
      const text = this.#read(path);
      if (text === undefined) continue;
      for (const problem of this.language.validate({ ...this.#context(), path, text })) {
        const file = problem.file ?? path;
        const key = JSON.stringify([file, problem.line, problem.column, problem.code, problem.message]);
        if (!found.has(key)) found.set(key, { ...problem, file, ofImage: path === main });
      }
    }
    const known = [...this.#inEditor].flatMap(([path, text]) => (text === null ? [] : [[path, text.version] as const]));
    return { problems: [...found.values()], versions: Object.fromEntries(known) };
  }

  complete(place: Takes<"complete">): Gives<"complete"> {
    return this.#ask(place, { items: [] }, (request) => this.language.complete(request));
  }

  hover(place: Takes<"hover">): Gives<"hover"> {
    return this.#ask(place, null, (request) => this.language.hover(request));
  }

  outline(file: Takes<"outline">): Gives<"outline"> {
    return this.#ask(file, [], (request) => this.language.outline(request));
  }

  folding(file: Takes<"folding">): Gives<"folding"> {
    return this.#ask(file, [], (request) => this.language.folding(request));
  }

  selection(place: Takes<"selection">): Gives<"selection"> {
    return this.#ask(place, [], (request) => this.language.selection(request));
  }

  tagPair(place: Takes<"tagPair">): Gives<"tagPair"> {
    return this.#ask(place, null, (request) => this.language.tagPair(request));
  }

  closingTag(place: Takes<"closingTag">): Gives<"closingTag"> {
    return this.#ask(place, null, (request) => this.language.closingTag(request));
  }

  format(file: Takes<"format">): Gives<"format"> {
    return this.#ask(file, gone, (request) => this.language.format(request, file.options));
  }

  definition(place: Takes<"definition">): Gives<"definition"> {
    return this.#ask(place, null, (request) => this.language.definition(request));
  }

  references(place: Takes<"references">): Gives<"references"> {
    return this.#ask(place, null, (request) => this.language.references(request));
  }

  renamable(place: Takes<"renamable">): Gives<"renamable"> {
    return this.#ask(place, null, (request) => this.language.renamable(request));
  }

  rename(place: Takes<"rename">): Gives<"rename"> {
    return this.#ask(place, gone, (request) => this.language.rename(request, place.newName));
  }

  links(file: Takes<"links">): Gives<"links"> {
    return this.#ask(file, [], (request) => this.language.links(request));
  }

  lenses(file: Takes<"lenses">): Gives<"lenses"> {
    return this.#ask(file, [], (request) => this.language.lenses(request));
  }

  /** A problem of the image is mended as part of it, another one as part of its own file. */
  fixes({ main, problem: { ofImage, file, ...problem } }: Takes<"fixes">): Gives<"fixes"> {
    const path = ofImage ? main : file;
    const placed = file === path ? problem : { ...problem, file };
    return this.#ask({ path }, [], (request) => this.language.fixes(request, placed));
  }

  namedPackages(file: Takes<"namedPackages">): Gives<"namedPackages"> {
    return this.#ask(file, null, (request) => this.language.namedPackages(request, file.architecture));
  }

  packageAt(place: Takes<"packageAt">): Gives<"packageAt"> {
    return this.#ask(place, null, (request) => this.language.packageAt(request));
  }

  packageSections(file: Takes<"packageSections">): Gives<"packageSections"> {
    return this.#ask(file, null, (request) => this.language.packageSections(request));
  }

  changePackages(file: Takes<"changePackages">): Gives<"changePackages"> {
    return this.#ask(file, [], (request) => this.language.changePackages(request, file.change));
  }

  form(file: Takes<"form">): Gives<"form"> {
    return this.#ask(file, { reason: gone.refusal }, (request) => this.language.form(request));
  }

  formChoices(file: Takes<"formChoices">): Gives<"formChoices"> {
    return this.#ask(file, [], (request) => this.language.formChoices(request, file.place));
  }

  changeForm(file: Takes<"changeForm">): Gives<"changeForm"> {
    return this.#ask<Takes<"changeForm">, Gives<"changeForm">>(file, gone, (request) =>
      this.language.changeForm(request, file.change),
    );
  }

  upgrade(file: Takes<"upgrade">): Gives<"upgrade"> {
    return this.#ask(file, { reason: gone.refusal, current: false }, (request) => this.language.upgrade(request));
  }

  convert(file: Takes<"convert">): Gives<"convert"> {
    return this.#ask(file, gone, (request) => this.language.convert(request, file.to));
  }

  /** Asks the language about a file; what is not there has the answer `without`. */
  #ask<P extends { path: string }, T>(about: P, without: T, question: (request: P & DocumentRequest) => T): T {
    const text = this.#read(about.path);
    return text === undefined ? without : question({ ...about, ...this.#context(), text });
  }

  effective({ path, ...wanted }: LanguageMethods["effective"]["takes"]): LanguageMethods["effective"]["gives"] {
    const text = this.#read(path);
    return text === undefined ? null : this.language.effective({ ...this.#context(), ...wanted, path, text });
  }

  matrix({ path, choice }: LanguageMethods["matrix"]["takes"]): LanguageMethods["matrix"]["gives"] {
    const text = this.#read(path);
    return text === undefined ? null : this.language.matrix({ ...this.#context(), choice, path, text });
  }

  wantedPackages({ path, choice, saved }: Takes<"wantedPackages">): Gives<"wantedPackages"> {
    const read = saved ? (file: string) => this.#onDisk.get(file) : this.#read;
    const text = read(path);
    if (text === undefined) return null;
    const language = saved ? this.languageOfSaved : this.language;
    return language.wantedPackages({ ...this.#context(), read, choice, path, text });
  }

  #context() {
    // Those that are being edited count as they stand in the editor.
    const known = this.#settings.map(({ path, text }) => ({ path, text: this.#inEditor.get(path)?.text ?? text }));
    const made = known.some(({ path }) => path === ruleSettingsFile) ? undefined : this.#inEditor.get(ruleSettingsFile);
    const settings = made ? [...known, { path: ruleSettingsFile, text: made.text }] : known;
    const about = this.#packages === undefined ? {} : { packages: this.#packages };
    return { ...about, read: this.#read, mains: this.#mains, entries: this.#entries, settings };
  }

  readonly #read = (path: string): string | undefined => {
    const inEditor = this.#inEditor.get(path);
    return inEditor === undefined ? this.#onDisk.get(path) : inEditor?.text;
  };
}
