import { useComputedColorScheme, useMantineTheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import { editor } from "./monaco.ts";
import { themeOf } from "./themes.ts";

interface CodeEditorProps {
  model: editor.ITextModel;
  /** What a screen reader says of the text field. */
  label: string;
  readOnly: boolean;
  /** Id of the element that tells how to leave the text by keyboard. */
  describedBy: string;
  onEditor(editor: editor.IStandaloneCodeEditor | null): void;
}

/** Options of every editor of ours; `fontFamily` comes from the theme. */
export const commonOptions = {
  automaticLayout: true,
  fixedOverflowWidgets: true,
  fontSize: 13,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  renderLineHighlight: "all",
  bracketPairColorization: { enabled: false },
  padding: { top: 8 },
} satisfies editor.IEditorOptions;

/** One editor that shows one model at a time, and remembers where it stood in each. */
export function CodeEditor({ model, label, readOnly, describedBy, onEditor }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const instance = useRef<editor.IStandaloneCodeEditor | null>(null);
  const views = useRef(new WeakMap<editor.ITextModel, editor.ICodeEditorViewState>());
  const { fontFamilyMonospace } = useMantineTheme();
  const scheme = useComputedColorScheme("light");

  useEffect(() => {
    if (!host.current) return;
    const created = editor.create(host.current, {
      ...commonOptions,
      fontFamily: fontFamilyMonospace,
      model: null,
      // Values of attributes are strings to the colours, and the place where offers help most.
      quickSuggestions: { strings: true, other: true, comments: false },
      wordBasedSuggestions: "off",
      // The two tags of an element are renamed together.
      linkedEditing: true,
      suggest: { showWords: false, preview: false },
      // Overlays and scripts are the author's: nothing is added to a line that was not typed.
      trimAutoWhitespace: false,
      readOnlyMessage: { value: "The Workbench may not write this file." },
    });
    created.getDomNode()?.querySelector('[role="textbox"]')?.setAttribute("aria-describedby", describedBy);
    instance.current = created;
    onEditor(created);
    return () => {
      instance.current = null;
      onEditor(null);
      created.dispose();
    };
  }, [fontFamilyMonospace, describedBy, onEditor]);

  useEffect(() => {
    const shown = instance.current;
    const known = views.current;
    if (!shown) return;
    shown.setModel(model);
    shown.restoreViewState(known.get(model) ?? null);
    return () => {
      const view = shown.getModel() === model ? shown.saveViewState() : null;
      if (view) known.set(model, view);
    };
  }, [model]);

  useEffect(() => instance.current?.updateOptions({ ariaLabel: label, readOnly }), [label, readOnly]);
  useEffect(() => editor.setTheme(themeOf[scheme]), [scheme]);

  return <div ref={host} style={{ height: "100%" }} />;
}
