/**
 * Monaco, put together from its small entries: the editor, what a description needs, and nothing else. Only this
 * file names what is in it. It must not be loaded on the server, where there is no document to draw on.
 */
import "monaco-editor/editor/browser/coreCommands";
import "monaco-editor/editor/common/standaloneStrings";
// These have no entry among the features, or one that leaves their main part out.
import "monaco-editor/editor/contrib/caretOperations/browser/caretOperations";
import "monaco-editor/editor/contrib/suggest/browser/suggestController";
import "monaco-editor/features/bracketMatching/register";
import "monaco-editor/features/clipboard/register";
import "monaco-editor/features/codeAction/register";
import "monaco-editor/features/codeEditor/register";
import "monaco-editor/features/codelens/register";
import "monaco-editor/features/codicon/register";
import "monaco-editor/features/comment/register";
import "monaco-editor/features/contextmenu/register";
import "monaco-editor/features/cursorUndo/register";
import "monaco-editor/features/diffEditor/register";
import "monaco-editor/features/find/register";
import "monaco-editor/features/folding/register";
import "monaco-editor/features/format/register";
import "monaco-editor/features/gotoError/register";
import "monaco-editor/features/gotoLine/register";
import "monaco-editor/features/gotoSymbol/register";
import "monaco-editor/features/hover/register";
import "monaco-editor/features/indentation/register";
import "monaco-editor/features/linesOperations/register";
import "monaco-editor/features/linkedEditing/register";
import "monaco-editor/features/links/register";
import "monaco-editor/features/multicursor/register";
import "monaco-editor/features/quickCommand/register";
import "monaco-editor/features/quickOutline/register";
import "monaco-editor/features/readOnlyMessage/register";
import "monaco-editor/features/referenceSearch/register";
import "monaco-editor/features/rename/register";
import "monaco-editor/features/smartSelect/register";
import "monaco-editor/features/snippet/register";
import "monaco-editor/features/toggleTabFocusMode/register";
import "monaco-editor/features/tokenization/register";
import "monaco-editor/features/unicodeHighlighter/register";
import "monaco-editor/features/wordHighlighter/register";
import "monaco-editor/features/wordOperations/register";
import "monaco-editor/languages/definitions/ini/register";
import "monaco-editor/languages/definitions/shell/register";
import "monaco-editor/languages/definitions/yaml/register";
import { editor, languages } from "monaco-editor/editor";
import { conf, language } from "monaco-editor/languages/definitions/xml/xml";
import { applyDeeperSettings } from "./deeper-settings.ts";
import { jsonColours, jsonConfiguration } from "./json.ts";
import "./monaco.css";
import { defineThemes } from "./themes.ts";

globalThis.MonacoEnvironment = {
  getWorker: () => new Worker(new URL("./editor.worker.ts", import.meta.url), { type: "module", name: "editor" }),
};

// Our completion writes whole elements. Monaco's own closing of "<" by ">" would leave a second ">" behind each.
const quotes = [
  { open: "'", close: "'" },
  { open: '"', close: '"' },
];
languages.register({ id: "xml" });
languages.setMonarchTokensProvider("xml", language);
// Names of packages and types are words with their dashes and dots: what is offered for them goes on behind these.
languages.setLanguageConfiguration("xml", { ...conf, autoClosingPairs: quotes, wordPattern: /[\w.:+-]+/ });

languages.register({ id: "json" });
languages.setMonarchTokensProvider("json", jsonColours);
languages.setLanguageConfiguration("json", jsonConfiguration);

defineThemes();
applyDeeperSettings();

export { editor };
