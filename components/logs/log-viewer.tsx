"use client";

import { Button } from "@mantine/core";
import { useFullscreenElement, useHotkeys } from "@mantine/hooks";
import { IconArrowDown } from "@tabler/icons-react";
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from "react";
import { type LogView, type ShownLine, wholeLog } from "#lib/contracts/log.ts";
import type { FeedLog } from "../builds/build-feed.ts";
import { useTRPCClient } from "../trpc.tsx";
import { FindBar } from "./find-bar.tsx";
import { LogCompleteness } from "./log-completeness.tsx";
import { isWhole, toggleFold, withLine } from "./log-folds.ts";
import { isLogKey, type LogKey, LogKeys } from "./log-keys.tsx";
import { LogLines, type LogLinesHandle } from "./log-lines.tsx";
import { LogMap } from "./log-map.tsx";
import { LogRow, timeWords } from "./log-row.tsx";
import type { LogRows } from "./log-rows.ts";
import { useLogSettings } from "./log-settings.ts";
import { LogToolbar } from "./log-toolbar.tsx";
import classes from "./log-viewer.module.css";
import { useLogFind } from "./use-log-find.ts";

export interface LogViewerHandle {
  /** Brings a line into view and marks it, up to `last`; `focus` lets the keyboard go on from there. */
  showLine(number: number, options?: { last?: number; focus?: boolean }): void;
}

export interface LogViewerProps {
  build: string;
  log: FeedLog;
  rows: LogRows;
  /** Changes whenever the log or its rows have. */
  version: number;
  /** More may come. */
  live: boolean;
  /** How the log is being received, in a word or two. */
  connection: string;
  /** What else there is to say of how it comes in. */
  activity?: ReactNode;
  ref?: Ref<LogViewerHandle>;
}

type Range = readonly [first: number, last: number];

/** The log of a build: a window into what is stored, wherever the reader looks. */
export function LogViewer({ build, log, rows, version, live, connection, activity, ref }: LogViewerProps) {
  const { attempt, summary } = log;
  const client = useTRPCClient();
  const lines = useRef<LogLinesHandle>(null);
  const findInput = useRef<HTMLInputElement>(null);
  const [settings, change] = useLogSettings();
  const [view, setView] = useState<LogView>(wholeLog);
  const [selected, setSelected] = useState<Range | null>(null);
  const [atEnd, setAtEnd] = useState(true);
  const [keysShown, setKeysShown] = useState(false);
  const { ref: screen, toggle: toggleFullScreen, fullscreen } = useFullscreenElement();
  const { phases } = summary;

  const reveal = useCallback(
    async (number: number) => {
      // In the whole log a line's row is known; in a view the server knows it, and what hides it.
      let row = number - 1;
      if (!isWhole(view)) {
        const ask = (one: LogView) => client.logs.place.query({ build, attempt, view: one, line: number });
        let place = await ask(view).catch(() => null);
        if (place && !place.shown) {
          const opened = withLine(view, phases, number, place);
          setView(opened);
          rows.show(opened, rows.query);
          place = await ask(opened).catch(() => null);
        }
        row = place?.row ?? row;
        if (row >= rows.total) rows.total = row + 1;
      }
      lines.current?.reveal(row);
    },
    [client, build, attempt, view, rows, phases],
  );
  const showLine = useCallback<LogViewerHandle["showLine"]>(
    (number, { last = number, focus = true } = {}) => {
      setSelected([number, last]);
      void reveal(number);
      if (focus) lines.current?.focus();
    },
    [reveal],
  );
  useImperativeHandle(ref, () => ({ showLine }), [showLine]);

  const find = useLogFind({ build, attempt, lines: summary.lines }, (number) => void reveal(number));
  const { active } = find;
  useEffect(() => rows.show(view, active), [rows, view, active]);
  const firstLine = () => rows.row(lines.current?.first() ?? 0)?.number ?? 1;
  const openFind = () => {
    find.setOpen(true);
    setTimeout(() => findInput.current?.select());
  };
  const closeFind = () => {
    find.setOpen(false);
    lines.current?.focus();
  };
  // The browser's own search sees the few lines on the screen only.
  useHotkeys([["mod+F", openFind]], []);

  const choose = (range: Range | null) => {
    setSelected(range);
    const [first, last] = range ?? [];
    const hash = first === undefined ? "" : first === last ? `#L${first}` : `#L${first}-L${last}`;
    window.history.replaceState(null, "", hash || window.location.pathname);
  };
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const target = (event.target as HTMLElement).closest<HTMLElement>("[data-line], [data-fold]");
    const { line, fold, ofPhase } = target?.dataset ?? {};
    if (fold !== undefined) return setView(toggleFold(view, Number(fold), ofPhase !== undefined));
    if (line === undefined) return;
    const number = Number(line);
    if (!event.shiftKey || !selected) return choose([number, number]);
    window.getSelection()?.removeAllRanges();
    choose([Math.min(selected[0], number), Math.max(selected[0], number)]);
  };

  const step = (by: 1 | -1) => {
    const next = Math.min(Math.max(1, (selected?.[0] ?? firstLine() - by) + by), Math.max(1, summary.lines));
    choose([next, next]);
    void reveal(next);
  };
  const actions: Record<LogKey, () => void> = {
    j: () => step(1),
    k: () => step(-1),
    n: () => find.step(1, firstLine()),
    N: () => find.step(-1, firstLine()),
    e: () => summary.error && showLine(summary.error.line),
    g: () => lines.current?.toStart(),
    G: () => lines.current?.toEnd(),
    f: () => lines.current?.toEnd(),
    w: () => change({ wrap: !settings.wrap }),
    "/": openFind,
    "?": () => setKeysShown(true),
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === "F3") find.step(event.shiftKey ? -1 : 1, firstLine());
    else if (event.ctrlKey || event.metaKey || event.altKey || !settings.keys || !isLogKey(event.key)) return;
    else actions[event.key]();
    event.preventDefault();
  };

  const draw = (line: ShownLine, row: number) => {
    const foldable = line.phase || line.output > 0;
    const folded = line.phase
      ? view.foldedPhases.includes(line.number)
      : view.foldCommands !== view.otherCommands.includes(line.number);
    const before = settings.time === "last" ? timeBefore(rows, row) : null;
    return (
      <LogRow
        line={line}
        time={timeWords(line, settings.time, summary.times?.first ?? null, before)}
        selected={selected !== null && line.number >= selected[0] && line.number <= selected[1]}
        current={find.hit?.line === line.number}
        folded={foldable ? folded : null}
      />
    );
  };
  const following = atEnd && live;

  return (
    <section ref={screen} className={classes.viewer} aria-label="Build log">
      <LogToolbar
        build={build}
        attempt={attempt}
        summary={summary}
        status={<LogCompleteness log={log} connection={connection} />}
        activity={activity}
        view={view}
        onView={setView}
        settings={settings}
        onSettings={change}
        selected={selected && selected[1] > selected[0] ? selected : null}
        fullScreen={fullscreen}
        onFullScreen={() => void toggleFullScreen()}
        onKeys={() => setKeysShown(true)}
        onFind={openFind}
        find={
          find.open && (
            <FindBar
              inputRef={findInput}
              query={find.query}
              onQuery={(query) => find.change(query, firstLine())}
              findings={find.findings}
              hit={find.hit}
              onStep={(by) => find.step(by, firstLine())}
              onClose={closeFind}
            />
          )
        }
      />
      <div className={classes.stage}>
        <LogLines
          ref={lines}
          rows={rows}
          version={version}
          wrap={settings.wrap}
          longest={summary.longest}
          numberWidth={Math.max(4, String(summary.lines).length + 1)}
          draw={draw}
          onAtEnd={setAtEnd}
          onClick={onClick}
          onKeyDown={onKeyDown}
        >
          {summary.lines === 0 && (
            <p className={classes.empty}>{live ? "Waiting for the first line." : "This build left no log."}</p>
          )}
        </LogLines>
        {isWhole(view) && summary.lines > 0 && (
          <LogMap
            build={build}
            attempt={attempt}
            lines={summary.lines}
            live={live}
            hits={find.findings?.map ?? []}
            onPick={(number) => void reveal(number)}
          />
        )}
        {!following && !atEnd && summary.lines > 0 && (
          <Button
            className={classes.resume}
            size="compact-sm"
            variant="filled"
            leftSection={<IconArrowDown size={14} />}
            onClick={() => lines.current?.toEnd()}
          >
            {live ? "Follow new lines" : "To the end"}
          </Button>
        )}
      </div>
      <LogKeys
        opened={keysShown}
        onClose={() => setKeysShown(false)}
        on={settings.keys}
        onSwitch={(keys) => change({ keys })}
      />
    </section>
  );
}

/** The time of the record before a row, if it is near. */
function timeBefore(rows: LogRows, row: number): number | null {
  for (let at = row - 1; at >= Math.max(0, row - 50); at--) {
    const time = rows.row(at)?.time;
    if (time !== null && time !== undefined) return time;
  }
  return null;
}
