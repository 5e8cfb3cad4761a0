import type { editor, IDisposable } from "monaco-editor/editor";
import { LanguageClient } from "../language/client.ts";
import { provideCompletion } from "../language/completion.ts";
import { Diagnosis } from "../language/diagnosis.ts";
import { provideHover } from "../language/hover.ts";
import { Drafts } from "./drafts.ts";
import { type FileDoor, OpenFiles } from "./open-files.ts";

/** Everything that lives as long as one description is on screen. */
export class EditorSession implements IDisposable {
  readonly files: OpenFiles;
  readonly diagnosis: Diagnosis;
  readonly #disposables: IDisposable[];

  /**
   * @param description id of the description
   * @param main path of its image file inside its folder
   */
  constructor(description: string, main: string, door: FileDoor) {
    const client = new LanguageClient();
    this.diagnosis = new Diagnosis(client, main, (path) => this.files.get(path)?.model);
    this.files = new OpenFiles(description, door, new Drafts(localStorage, description), this.diagnosis);
    const pathOf = (model: editor.ITextModel) => {
      const open = this.files.state.get().find(({ path }) => this.files.get(path)?.model === model);
      return open && this.diagnosis.judges(open.path) ? open.path : undefined;
    };
    this.#disposables = [provideCompletion(client, pathOf), provideHover(client, pathOf), this.diagnosis, client];
  }

  dispose(): void {
    this.files.dispose();
    for (const disposable of this.#disposables) disposable.dispose();
  }
}
