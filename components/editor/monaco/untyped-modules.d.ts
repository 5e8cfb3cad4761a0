/** Monaco ships these modules without types. */
declare module "monaco-editor/languages/definitions/xml/xml" {
  import type { languages } from "monaco-editor/editor";
  export const conf: languages.LanguageConfiguration;
  export const language: languages.IMonarchLanguage;
}

declare module "monaco-editor/editor/standalone/browser/standaloneServices" {
  export const StandaloneServices: { get<T>(service: { readonly of: T }): T };
}

declare module "monaco-editor/platform/configuration/common/configuration" {
  export const IConfigurationService: { readonly of: { updateValue(name: string, value: unknown): Promise<void> } };
}

declare module "monaco-editor/platform/storage/common/storage" {
  import type { IDisposable } from "monaco-editor/editor";

  interface Storage {
    store(name: string, value: boolean, scope: number, target: number): void;
    getBoolean(name: string, scope: number, otherwise: boolean): boolean;
    onDidChangeValue(scope: number, name: string, store: undefined): (listener: () => void) => IDisposable;
  }
  export const IStorageService: { readonly of: Storage };
}
