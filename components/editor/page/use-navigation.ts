import type { editor } from "monaco-editor/editor";
import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";
import type { EditorSession } from "../session/editor-session.ts";

/** Where to go: a file, and a place in it if one is meant. */
export interface Target {
  file: string;
  line?: number;
  column?: number;
}

/**
 * Which file is shown, and how to get to any place. The address says it too (`?file=…&line=…`), so that it can be kept
 * and sent; the image file itself is meant where it names none.
 */
export function useNavigation(session: EditorSession, main: string) {
  const params = useSearchParams();
  const [active, setActive] = useState<string | null>(null);
  const [failure, setFailure] = useState<{ path: string; error: unknown } | null>(null);
  const [target, setTarget] = useState<Target | null>(null);
  const [shown, setShown] = useState<editor.IStandaloneCodeEditor | null>(null);
  const latest = useRef(0);

  const go = useCallback(
    async (to: Target) => {
      const turn = ++latest.current;
      try {
        await session.files.open(to.file);
        if (turn !== latest.current) return;
        setFailure(null);
        setActive(to.file);
        setTarget(to.line === undefined ? null : to);
        showInAddress(to.file, main);
      } catch (error) {
        if (turn === latest.current) setFailure({ path: to.file, error });
      }
    },
    [session, main],
  );

  const file = params?.get("file") ?? main;
  const line = Number.parseInt(params?.get("line") ?? "", 10);
  useEffect(() => void go({ file, ...(line > 0 && { line }) }), [go, file, line]);

  useEffect(() => {
    if (!shown || !target || target.file !== active) return;
    const position = { lineNumber: target.line ?? 1, column: target.column ?? 1 };
    shown.setPosition(position);
    shown.revealPositionInCenterIfOutsideViewport(position);
    shown.focus();
    setTarget(null);
  }, [shown, target, active]);

  return { active, failure, go, shown, onEditor: setShown };
}

/** A line in the address stays as long as its file is shown. */
function showInAddress(path: string, main: string): void {
  const url = new URL(location.href);
  if ((url.searchParams.get("file") ?? main) === path) return;
  url.searchParams.delete("line");
  if (path === main) url.searchParams.delete("file");
  else url.searchParams.set("file", path);
  history.replaceState(null, "", url);
}
