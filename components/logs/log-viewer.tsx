"use client";

import { Button } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconArrowDown } from "@tabler/icons-react";
import {
  type MouseEvent,
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from "react";
import { FindBar } from "./find-bar.tsx";
import { useFollow } from "./follow.ts";
import { LogRow } from "./log-row.tsx";
import { useLogSearch } from "./log-search.ts";
import type { LogStore } from "./log-store.ts";
import { LogToolbar } from "./log-toolbar.tsx";
import classes from "./log-viewer.module.css";
import { useLogWindow } from "./log-window.ts";

export interface LogViewerHandle {
  /** Brings the line with this index into view and marks it; `focus` lets the keyboard go on from there. */
  showLine(index: number, options?: { focus: boolean }): void;
}

export interface LogViewerProps {
  store: LogStore;
  /** Changes whenever the store has. */
  version: number;
  /** More may come. */
  live: boolean;
  /** How the log is being received, in a word or two. */
  connection: string;
  /** What else there is to say of how it comes in. */
  activity?: ReactNode;
  downloadHref: string;
  ref?: Ref<LogViewerHandle>;
}

export function LogViewer({ store, version, live, connection, activity, downloadHref, ref }: LogViewerProps) {
  const { log } = store;
  const scroller = useRef<HTMLDivElement>(null);
  const findInput = useRef<HTMLInputElement>(null);
  const [wrap, setWrap] = useState(false);
  const [selected, setSelected] = useState<number | null>(null);
  const rows = useLogWindow(scroller, log.lineCount, wrap);
  const follow = useFollow(scroller, rows.height, store);

  const reveal = useCallback(
    (index: number) => {
      follow.stop();
      rows.scrollTo(index);
    },
    [follow, rows],
  );
  const showLine = useCallback(
    (index: number, { focus } = { focus: true }) => {
      setSelected(log.line(index).number);
      reveal(index);
      if (focus) scroller.current?.focus({ preventScroll: true });
    },
    [log, reveal],
  );
  useImperativeHandle(ref, () => ({ showLine }), [showLine]);

  const search = useLogSearch(log, (hit) => reveal(hit.line));
  const { hit } = search;
  useEffect(() => {
    if (!hit) return;
    // The line itself is drawn after the scrolling; the hit in it may be far to the right.
    const frame = requestAnimationFrame(() => {
      scroller.current?.querySelector("mark[data-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    });
    return () => cancelAnimationFrame(frame);
  }, [hit]);
  const openFind = () => {
    search.setOpen(true);
    setTimeout(() => findInput.current?.select());
  };
  const closeFind = () => {
    search.setOpen(false);
    scroller.current?.focus();
  };
  // The browser's own search sees the few lines on the screen only.
  useHotkeys([["mod+F", openFind]], []);

  const selectByNumber = (event: MouseEvent<HTMLElement>) => {
    const number = (event.target as HTMLElement).dataset.line;
    if (number === undefined) return;
    setSelected(Number(number));
    window.history.replaceState(null, "", `#L${number}`);
  };

  return (
    <section className={classes.viewer} aria-label="Build log">
      <LogToolbar
        store={store}
        version={version}
        connection={connection}
        activity={activity}
        downloadHref={downloadHref}
        wrap={wrap}
        onWrap={setWrap}
        onFind={openFind}
        find={
          search.open && (
            <FindBar
              inputRef={findInput}
              query={search.query}
              onQuery={(query) => search.start(query, rows.firstVisible())}
              count={search.count}
              current={search.current}
              onStep={search.step}
              onClose={closeFind}
            />
          )
        }
      />
      <div className={classes.stage}>
        <div
          ref={scroller}
          className={classes.scroller}
          data-wrap={wrap}
          role="region"
          aria-label="Log lines"
          tabIndex={0}
          onScroll={follow.onScroll}
          onClick={selectByNumber}
        >
          <div
            role="table"
            aria-label="Log lines"
            aria-rowcount={log.lineCount}
            className={classes.lines}
            style={{
              height: rows.height,
              minWidth: wrap ? undefined : `${Math.min(log.longestLine, 4000) + 28}ch`,
              ["--number-width" as string]: `${Math.max(4, String(log.storedLineCount).length + 1)}ch`,
            }}
          >
            {rows.items.map(({ index, start }) => {
              if (index >= log.lineCount) return null;
              return (
                <div
                  key={index}
                  ref={wrap ? rows.measure : undefined}
                  data-index={index}
                  role="row"
                  aria-rowindex={index + 1}
                  className={classes.line}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <LogRow
                    log={log}
                    index={index}
                    // The last lines may still change; the others are drawn once.
                    version={index < log.lineCount - 2 ? 0 : version}
                    selected={selected}
                    query={search.query}
                    currentHit={hit?.line === index ? hit.column : null}
                  />
                </div>
              );
            })}
          </div>
          {log.lineCount === 0 && (
            <p className={classes.empty}>{live ? "Waiting for the first line." : "This build left no log."}</p>
          )}
        </div>
        {!follow.following && (live || !follow.atEnd) && log.lineCount > 0 && (
          <Button
            className={classes.resume}
            size="compact-sm"
            variant="filled"
            leftSection={<IconArrowDown size={14} />}
            onClick={follow.resume}
          >
            {live ? "Follow new lines" : "To the end"}
          </Button>
        )}
      </div>
    </section>
  );
}
