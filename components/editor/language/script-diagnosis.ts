import { editor, type IDisposable } from "monaco-editor/editor";
import { SHELL_CHECK_LIMIT, type ShellCheck } from "#lib/contracts/shell-check.ts";
import { Store } from "../session/store.ts";
import { linkedMarker } from "./linked-marker.ts";
import type { FileProblem } from "./protocol.ts";

/** Pause after the last key before a script is checked: that takes a program on the server. */
const PAUSE_MS = 700;
const OWNER = "shellcheck";

/** What ShellCheck says of the open scripts. */
export interface ScriptVerdict {
  problems: readonly FileProblem[];
  /** Why nothing is said; null where ShellCheck works, or was not asked yet. */
  reason: string | null;
}

/** Keeps the open scripts checked by the ShellCheck of the web server's machine, if it has one. */
export class ScriptDiagnosis implements IDisposable {
  readonly verdict = new Store<ScriptVerdict>({ problems: [], reason: null });
  readonly #check: (text: string) => Promise<ShellCheck>;
  readonly #modelOf: (path: string) => editor.ITextModel | undefined;
  readonly #pauses = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #found = new Map<string, FileProblem[]>();
  #isAbsent = false;

  constructor(check: (text: string) => Promise<ShellCheck>, modelOf: (path: string) => editor.ITextModel | undefined) {
    this.#check = check;
    this.#modelOf = modelOf;
  }

  changed(path: string): void {
    if (this.#isAbsent || this.#modelOf(path)?.getLanguageId() !== "shell") return;
    clearTimeout(this.#pauses.get(path));
    const pause = this.#found.has(path) ? PAUSE_MS : 0;
    this.#pauses.set(
      path,
      setTimeout(() => void this.#ask(path), pause),
    );
  }

  closed(path: string): void {
    clearTimeout(this.#pauses.get(path));
    this.#pauses.delete(path);
    if (this.#found.delete(path)) this.#publish(null);
  }

  dispose(): void {
    for (const pause of this.#pauses.values()) clearTimeout(pause);
  }

  async #ask(path: string): Promise<void> {
    const model = this.#modelOf(path);
    if (!model || model.getValueLength() > SHELL_CHECK_LIMIT) return;
    const version = model.getVersionId();
    // An error of the connection says itself elsewhere; the next key asks again.
    const answer = await this.#check(model.getValue()).catch(() => null);
    if (answer === null || model.isDisposed() || model.getVersionId() !== version) return;
    if (answer.kind === "absent") this.#isAbsent = true;
    const problems = answer.kind === "checked" ? answer.problems : [];
    editor.setModelMarkers(model, OWNER, problems.map(linkedMarker));
    this.#found.set(
      path,
      // KIWI runs scripts whatever ShellCheck thinks of them: none of this keeps an image from being built.
      problems.map((problem) => ({ ...problem, file: path, ofImage: false })),
    );
    this.#publish(reasonOf(answer));
  }

  #publish(reason: string | null): void {
    this.verdict.set({ problems: [...this.#found.values()].flat(), reason });
  }
}

function reasonOf(answer: ShellCheck): string | null {
  if (answer.kind === "checked") return null;
  if (answer.kind === "failed") return `Scripts were not checked: ${answer.reason}`;
  return "Scripts are not checked: ShellCheck is not installed on the server.";
}
