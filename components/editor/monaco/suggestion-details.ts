import { StandaloneServices } from "monaco-editor/editor/standalone/browser/standaloneServices";
import { IStorageService } from "monaco-editor/platform/storage/common/storage";

/** Monaco's own name for whether documentation stands beside what is offered. */
const NAME = "expandSuggestionDocs";
const KEY = "kiwi-workbench/suggestion-details";

/** Numbers of Monaco's `StorageScope.PROFILE` and `StorageTarget.USER`. */
const [PROFILE, USER] = [0, 0];

/** Documentation stands beside what is offered until somebody closes it (Ctrl+Space); the browser remembers that. */
export function openSuggestionDetails(): void {
  const storage = StandaloneServices.get(IStorageService);
  storage.store(NAME, localStorage.getItem(KEY) !== "closed", PROFILE, USER);
  storage.onDidChangeValue(
    PROFILE,
    NAME,
    undefined,
  )(() => {
    try {
      localStorage.setItem(KEY, storage.getBoolean(NAME, PROFILE, true) ? "open" : "closed");
    } catch {
      // A full storage costs the memory of this choice, nothing else.
    }
  });
}
