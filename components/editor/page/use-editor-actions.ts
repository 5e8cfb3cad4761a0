import type { editor } from "monaco-editor/editor";
import { useEffect, useRef } from "react";
import { focusPart } from "./parts.ts";

/** What the page can do for whoever types, by the names under which the palette (F1) of the text editor lists it. */
export interface EditorActions {
  showKeys(): void;
  goToProblem(step: 1 | -1): void;
  save(): void;
}

/** Lists the page's own actions in the palette. The keys beside them in the help are the page's: they work everywhere. */
export function useEditorActions(shown: editor.IStandaloneCodeEditor | null, actions: EditorActions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    if (!shown) return;
    const named: [id: string, label: string, run: () => void][] = [
      ["keys", "Help: Show the Keys of the Editor (Shift+F1)", () => latest.current.showKeys()],
      ["save", "File: Save (Ctrl+S)", () => latest.current.save()],
      ["next-problem", "Problems: Go to the Next in Any File (F8)", () => latest.current.goToProblem(1)],
      ["previous-problem", "Problems: Go to the Previous in Any File (Shift+F8)", () => latest.current.goToProblem(-1)],
      ["problems", "Problems: Go to the List", () => focusPart("problems")],
      ["outline", "Outline: Go to the Outline", () => focusPart("outline")],
      ["breadcrumbs", "Outline: Go to the Breadcrumbs", () => focusPart("breadcrumbs")],
      ["files", "Files: Go to the Files", () => focusPart("files")],
    ];
    const added = named.map(([id, label, run]) =>
      // The palette gives the focus back to the text when it closes; what is focused here comes after that.
      shown.addAction({ id: `workbench.${id}`, label, run: () => void setTimeout(run) }),
    );
    return () => {
      for (const action of added) action.dispose();
    };
  }, [shown]);
}
