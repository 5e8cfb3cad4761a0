"use client";

import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useReducer,
  useRef,
} from "react";
import type { ShownLine } from "#lib/contracts/log.ts";
import type { LogRows } from "./log-rows.ts";
import classes from "./log-viewer.module.css";
import { ScrollModel } from "./scroll-model.ts";

export interface LogLinesHandle {
  /** Brings a row into view. */
  reveal(row: number): void;
  toStart(): void;
  toEnd(): void;
  focus(): void;
  /** The first row that is in view. */
  first(): number;
}

export interface LogLinesProps {
  rows: LogRows;
  /** Changes with the rows. */
  version: number;
  wrap: boolean;
  /** Characters of the longest line. */
  longest: number;
  /** Characters that the numbers take. */
  numberWidth: number;
  draw: (line: ShownLine, row: number) => ReactNode;
  /** Tells when the reader leaves the end or comes back to it. */
  onAtEnd: (atEnd: boolean) => void;
  onClick: (event: MouseEvent<HTMLElement>) => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  ref?: Ref<LogLinesHandle>;
  children?: ReactNode;
}

/** Rows that are fetched before they are seen. */
const ahead = 60;
/** Milliseconds without scrolling after which the bar is set to where it belongs. */
const rest = 200;

/** The lines that are in view, of a list of any length. */
export function LogLines(props: LogLinesProps) {
  const { rows, version, wrap, longest, numberWidth, draw, onAtEnd, onClick, onKeyDown, ref, children } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const drawn = useRef<HTMLDivElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const scroll = useMemo(() => new ScrollModel(), []);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  if (scroll.wrapped !== wrap) scroll.forget();
  Object.assign(scroll, { rows: rows.total, wrapped: wrap });

  /** Sets the browser's scroll bar to where it belongs. */
  const settle = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    if (Math.abs(element.scrollTop - scroll.bar) >= 1) element.scrollTop = scroll.bar;
    scroll.settled(element.scrollTop);
  }, [scroll]);
  const move = useCallback(
    (how: () => void) => {
      // Rows may have come since they were drawn.
      scroll.rows = rows.total;
      how();
      onAtEnd(scroll.atEnd);
      redraw();
      // After the box has its new height.
      requestAnimationFrame(settle);
    },
    [scroll, rows, settle, onAtEnd],
  );

  useImperativeHandle(ref, () => ({
    reveal: (row) => move(() => scroll.reveal(row)),
    toStart: () =>
      move(() => {
        scroll.reveal(0);
        scroll.top = { row: 0, offset: 0 };
      }),
    toEnd: () => move(() => scroll.toEnd()),
    focus: () => scroller.current?.focus({ preventScroll: true }),
    first: () => scroll.range[0],
  }));

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      scroll.resized(element.clientHeight);
      redraw();
      requestAnimationFrame(settle);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroll, settle]);

  const [from, to] = scroll.range;
  useLayoutEffect(() => {
    if (wrap)
      for (const row of drawn.current?.children ?? []) {
        const { index } = (row as HTMLElement).dataset;
        if (index !== undefined) scroll.measured(Number(index), (row as HTMLElement).offsetHeight);
      }
    if (scroll.atEnd) settle();
  });
  useEffect(() => {
    void version;
    rows.want(from - ahead, to + ahead);
  }, [rows, version, from, to]);

  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    const was = scroll.atEnd;
    const { row, offset } = scroll.top;
    scroll.scrolled(element.scrollTop);
    if (was !== scroll.atEnd) onAtEnd(scroll.atEnd);
    if (was !== scroll.atEnd || scroll.top.row !== row || scroll.top.offset !== offset) redraw();
    if (scroll.exact || scroll.atEnd) return;
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(settle, rest);
  };

  const shown = [];
  for (let row = from; row < to; row++) {
    const line = rows.row(row);
    shown.push(
      <div key={row} data-index={row} role="row" aria-rowindex={row + 1} className={classes.line}>
        {line ? draw(line, row) : <span role="cell" className={classes.pending} aria-label="loading" />}
      </div>,
    );
  }
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      data-wrap={wrap}
      role="region"
      aria-label="Log lines"
      tabIndex={0}
      onScroll={onScroll}
      onClick={onClick}
      onKeyDown={onKeyDown}
    >
      <div
        className={classes.box}
        style={{
          height: scroll.height,
          minWidth: wrap ? undefined : `${Math.min(longest, 4000) + 28}ch`,
          ["--number-width" as string]: `${numberWidth}ch`,
        }}
      >
        <div className={classes.pane} data-at-end={scroll.atEnd} style={{ height: scroll.viewport }}>
          <div
            ref={drawn}
            role="table"
            aria-label="Log lines"
            aria-rowcount={rows.total}
            className={classes.lines}
            style={{ transform: scroll.atEnd ? undefined : `translateY(${-scroll.top.offset}px)` }}
          >
            {shown}
          </div>
        </div>
      </div>
      {children}
    </div>
  );
}
