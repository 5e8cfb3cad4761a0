import { editor } from "monaco-editor/editor";

/** The names of our two themes, by the page's colour scheme. */
export const themeOf = { light: "workbench-light", dark: "workbench-dark" } as const;

/** Monaco's own colours on the page's backgrounds, with token colours that keep a contrast of 4.5 to 1 on them. */
export function defineThemes(): void {
  editor.defineTheme(themeOf.light, {
    base: "vs",
    inherit: true,
    rules: [
      { token: "tag", foreground: "0b6477" },
      { token: "metatag", foreground: "6b4fa0" },
      { token: "metatag.xml", foreground: "6b4fa0" },
      { token: "attribute.name", foreground: "8a3b12" },
      { token: "attribute.value", foreground: "1a51a6" },
      { token: "comment", foreground: "4f5964", fontStyle: "italic" },
      { token: "delimiter", foreground: "4f5964" },
      { token: "delimiter.xml", foreground: "4f5964" },
      { token: "attribute.value.xml", foreground: "1a51a6" },
    ],
    colors: {
      "editor.background": "#ffffff",
      "editorGutter.background": "#ffffff",
      "editorLineNumber.foreground": "#66717c",
      "editorLineNumber.activeForeground": "#1a1b1e",
      "editorLineNumber.dimmedForeground": "#66717c",
      "editor.lineHighlightBackground": "#f1f6f6",
      "editor.lineHighlightBorder": "#00000000",
      "editorCodeLens.foreground": "#5f6873",
      "editorWarning.foreground": "#a35c00",
      "textLink.foreground": "#0b6477",
      "textLink.activeForeground": "#084a58",
      "diffEditor.insertedLineBackground": "#9bb9551c",
      "diffEditor.insertedTextBackground": "#9ccc2c30",
      "diffEditor.removedLineBackground": "#ff00000c",
      "diffEditor.removedTextBackground": "#ff000014",
    },
  });
  editor.defineTheme(themeOf.dark, {
    base: "vs-dark",
    inherit: true,
    rules: [
      { token: "tag", foreground: "63c7c1" },
      { token: "metatag", foreground: "c4a7f0" },
      { token: "metatag.xml", foreground: "c4a7f0" },
      { token: "attribute.name", foreground: "e6b98a" },
      { token: "attribute.value", foreground: "94c4ff" },
      { token: "comment", foreground: "a6b1bc", fontStyle: "italic" },
      { token: "delimiter", foreground: "a6b1bc" },
      { token: "delimiter.xml", foreground: "a6b1bc" },
      { token: "attribute.value.xml", foreground: "94c4ff" },
    ],
    colors: {
      "editor.background": "#1f1f1f",
      "editorGutter.background": "#1f1f1f",
      "editorLineNumber.foreground": "#7c8792",
      "editorLineNumber.activeForeground": "#f1f3f5",
      "editorLineNumber.dimmedForeground": "#7c8792",
      "editor.lineHighlightBackground": "#292a2a",
      "editor.lineHighlightBorder": "#00000000",
      "editorCodeLens.foreground": "#a6b1bc",
      "editorWidget.background": "#2b2b2b",
      "textLink.foreground": "#63c7c1",
      "textLink.activeForeground": "#8adbd6",
      "diffEditor.insertedLineBackground": "#9bb95514",
      "diffEditor.insertedTextBackground": "#9ccc2c1c",
      "diffEditor.removedLineBackground": "#ff00001a",
      "diffEditor.removedTextBackground": "#ff00002a",
      "editorHoverWidget.background": "#2b2b2b",
      "editorSuggestWidget.background": "#2b2b2b",
    },
  });
}
