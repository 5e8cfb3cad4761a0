import type { editor } from "monaco-editor/editor";
import { useRouter, useSearchParams } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";
import { isArchive } from "../files/file-icon.tsx";
import type { Place } from "../problems/problem-list.ts";
import type { EditorSession } from "../session/editor-session.ts";
import type { Target } from "../session/ways.ts";
import { type View, viewOf } from "./view-tabs.tsx";

/**
 * Which file or view is shown, and how to get to any place. The address says it too (`?file=…&line=…`, `?view=…`), so
 * that it can be kept and sent; the image file itself is meant where it names none.
 */
export function useNavigation(session: EditorSession, main: string) {
  const params = useSearchParams();
  const [active, setActive] = useState<string | null>(null);
  const [failure, setFailure] = useState<{ path: string; error: unknown } | null>(null);
  const [target, setTarget] = useState<Target | null>(null);
  const [shown, setShown] = useState<editor.IStandaloneCodeEditor | null>(null);
  const [revealed, setRevealed] = useState<{ path: string } | null>(null);
  const latest = useRef(0);
  const underway = useRef<Target | null>(null);
  /** The file that was opened last, whoever asked for it. */
  const opened = useRef<string | null>(null);
  const router = useRouter();

  const open = useCallback(
    async (to: Target, next?: View) => {
      // What has no text is shown in the tree.
      if (to.file.endsWith("/") || isArchive(to.file)) return setRevealed({ path: to.file.replace(/\/$/, "") });
      const turn = ++latest.current;
      underway.current = to;
      try {
        await session.files.open(to.file);
        if (turn !== latest.current) return;
        opened.current = to.file;
        setFailure(null);
        setActive(to.file);
        setTarget(to.line === undefined ? null : to);
        showInAddress(main, { path: to.file, view: next });
      } catch (error) {
        if (turn !== latest.current) return;
        underway.current = null;
        opened.current = null;
        setFailure({ path: to.file, error });
      }
    },
    [session, main],
  );

  const file = params?.get("file") ?? main;
  const line = Number.parseInt(params?.get("line") ?? "", 10);
  useEffect(() => {
    // What was opened has written itself into the address; that comes back here later, or when it holds no more.
    const isOld = file !== (new URL(location.href).searchParams.get("file") ?? main);
    if (isOld || (file === opened.current && !(line > 0))) return;
    void open({ file, ...(line > 0 && { line }) });
  }, [open, main, file, line]);

  const [view, setView] = useState(() => viewOf(params?.get("view")));
  const show = useCallback(
    (next: View) => {
      setView(next);
      showInAddress(main, { view: next });
    },
    [main],
  );
  const go = useCallback(
    (to: Target) => {
      setView("files");
      return open(to, "files");
    },
    [open],
  );

  useEffect(() => {
    session.ways = { go: (target) => void go(target), visit: (href) => router.push(href) };
    return () => {
      session.ways = null;
    };
  }, [session, go, router]);

  useEffect(() => {
    if (!shown || !target || target.file !== active) return;
    const position = { lineNumber: target.line ?? 1, column: target.column ?? 1 };
    shown.setPosition(position);
    shown.revealPositionInCenterIfOutsideViewport(position);
    shown.focus();
    setTarget(null);
    underway.current = null;
    if (target.explain) explain(shown, session.diagnosis);
  }, [shown, target, active, session]);

  /** Where the cursor is, or will be in a moment: keys come faster than files are opened. */
  const place = (): Place => {
    const { lineNumber = 1, column = 1 } = shown?.getPosition() ?? {};
    const here = { file: active ?? main, line: lineNumber, column };
    const to = underway.current;
    return to?.line === undefined ? here : { file: to.file, line: to.line, column: to.column ?? 1 };
  };

  return { active, failure, go, revealed, view, show, shown, onEditor: setShown, place };
}

/** Shows what is said of the cursor's place. A file that has just been opened is marked a moment later. */
function explain(shown: editor.IStandaloneCodeEditor, { current }: EditorSession["diagnosis"]): void {
  const [model, position] = [shown.getModel(), shown.getPosition()];
  const show = () => {
    const isThere = shown.getModel() === model && position !== null && shown.getPosition()?.equals(position);
    if (isThere) shown.trigger("problems", "editor.action.showHover", { focus: "noAutoFocus" });
  };
  if (current.get()) return show();
  const stop = current.subscribe(() => {
    if (!current.get()) return;
    stop();
    show();
  });
}

/** One change of the address at a time: the router takes up each on its own. A line stays as long as its file is shown. */
function showInAddress(main: string, { path, view }: { path?: string; view?: View | undefined }): void {
  const url = new URL(location.href);
  if (path !== undefined && (url.searchParams.get("file") ?? main) !== path) {
    url.searchParams.delete("line");
    if (path === main) url.searchParams.delete("file");
    else url.searchParams.set("file", path);
  }
  if (view === "files") url.searchParams.delete("view");
  else if (view !== undefined) url.searchParams.set("view", view);
  if (url.href !== location.href) history.replaceState(null, "", url);
}
