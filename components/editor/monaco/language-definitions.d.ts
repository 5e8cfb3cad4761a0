/** Monaco ships these definitions of languages without types. */
declare module "monaco-editor/languages/definitions/xml/xml" {
  import type { languages } from "monaco-editor/editor";
  export const conf: languages.LanguageConfiguration;
  export const language: languages.IMonarchLanguage;
}
