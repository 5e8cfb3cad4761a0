import { createLanguage, type Language } from "#lib/kiwi/language/index.ts";
import type { FileProblem, LanguageMethods, Notice } from "./protocol.ts";

/** The worker's desk: the texts of one description, and the language service that reads them. */
export class LanguageDesk {
  language: Language = createLanguage({ schema: null, kiwiVersion: null, schemaVersion: null });
  #onDisk = new Map<string, string>();
  #mains: string[] = [];
  readonly #inEditor = new Map<string, string>();

  take(notice: Notice): void {
    switch (notice.kind) {
      case "folder":
        this.#onDisk = new Map(notice.files.map((file) => [file.path, file.text]));
        this.#mains = notice.mains;
        break;
      case "text":
        this.#inEditor.set(notice.path, notice.text);
        break;
      case "closed":
        this.#inEditor.delete(notice.path);
        break;
    }
  }

  /** The problems of all these files. What two checks find alike, because one file includes the other, counts once. */
  check({ main, others }: LanguageMethods["check"]["takes"]): FileProblem[] {
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
    return [...found.values()];
  }

  complete({ path, offset }: LanguageMethods["complete"]["takes"]): LanguageMethods["complete"]["gives"] {
    const text = this.#read(path);
    return text === undefined ? { items: [] } : this.language.complete({ ...this.#context(), path, text, offset });
  }

  hover({ path, offset }: LanguageMethods["hover"]["takes"]): LanguageMethods["hover"]["gives"] {
    const text = this.#read(path);
    return text === undefined ? null : this.language.hover({ ...this.#context(), path, text, offset });
  }

  #context() {
    return { read: this.#read, mains: this.#mains };
  }

  readonly #read = (path: string): string | undefined => this.#inEditor.get(path) ?? this.#onDisk.get(path);
}
