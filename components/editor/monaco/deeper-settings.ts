import { StandaloneServices } from "monaco-editor/editor/standalone/browser/standaloneServices";
import { IConfigurationService } from "monaco-editor/platform/configuration/common/configuration";
import { IStorageService } from "monaco-editor/platform/storage/common/storage";

/** Monaco's own name for whether documentation stands beside what is offered. */
const DETAILS = "expandSuggestionDocs";
const KEY = "kiwi-workbench/suggestion-details";

/** Numbers of Monaco's `StorageScope.PROFILE` and `StorageTarget.USER`. */
const [PROFILE, USER] = [0, 0];

/** What no option of an editor reaches. */
export function applyDeeperSettings(): void {
  // A headline among the fixes is no entry of a list, and screen readers stumble over it.
  void StandaloneServices.get(IConfigurationService).updateValue("editor.codeActionWidget.showHeaders", false);
  openSuggestionDetails();
}

/** Documentation stands beside what is offered until somebody closes it (Ctrl+Space); the browser remembers that. */
function openSuggestionDetails(): void {
  const storage = StandaloneServices.get(IStorageService);
  storage.store(DETAILS, localStorage.getItem(KEY) !== "closed", PROFILE, USER);
  storage.onDidChangeValue(
    PROFILE,
    DETAILS,
    undefined,
  )(() => {
    try {
      localStorage.setItem(KEY, storage.getBoolean(DETAILS, PROFILE, true) ? "open" : "closed");
    } catch {
      // A full storage costs the memory of this choice, nothing else.
    }
  });
}
