import { useMantineTheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import { commonOptions } from "./code-editor.tsx";
import { editor } from "./monaco.ts";

interface DiffEditorProps {
  language: string;
  left: string;
  right: string;
  leftLabel: string;
  rightLabel: string;
  /** Told of the right side's text whenever it changes; without it, that cannot be edited. */
  onRight?: (text: string) => void;
}

/** Two texts side by side; the right one can be edited where somebody wants to know. The texts are read once, when the editor appears. */
export function DiffEditor({ language, left, right, leftLabel, rightLabel, onRight }: DiffEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const start = useRef({ language, left, right, onRight });
  const { fontFamilyMonospace } = useMantineTheme();

  useEffect(() => {
    if (!host.current) return;
    const { language, left, right, onRight } = start.current;
    const original = editor.createModel(left, language);
    const modified = editor.createModel(right, language);
    const listening = modified.onDidChangeContent(() =>
      onRight?.(modified.getValue(editor.EndOfLinePreference.TextDefined, true)),
    );
    const created = editor.createDiffEditor(host.current, {
      ...commonOptions,
      fontFamily: fontFamilyMonospace,
      renderSideBySide: true,
      // Whoever edits has to see which side is his.
      useInlineViewWhenSpaceIsLimited: onRight === undefined,
      readOnly: onRight === undefined,
      hideUnchangedRegions: { enabled: onRight === undefined },
      renderOverviewRuler: onRight !== undefined,
      // In a dialog the Tab key has to reach the buttons.
      tabFocusMode: true,
      ignoreTrimWhitespace: false,
    });
    created.setModel({ original, modified });
    // The diff editor has options of its own for these names, but reads only later changes of them.
    created.getOriginalEditor().updateOptions({ ariaLabel: leftLabel });
    created.getModifiedEditor().updateOptions({ ariaLabel: rightLabel });
    return () => {
      for (const disposable of [created, listening, original, modified]) disposable.dispose();
    };
  }, [fontFamilyMonospace, leftLabel, rightLabel]);

  return <div ref={host} style={{ height: "100%" }} />;
}
