import { memo } from "react";
import { type KiwiLog, type LogLine, occurrences } from "#lib/kiwi/log/index.ts";
import { formatClock, formatDuration } from "../ui/format.ts";
import classes from "./log-row.module.css";
import { markSpans } from "./marked-spans.ts";

/** Longer lines are cut on the screen, and say so; copying and downloading give everything. */
const shownCharacters = 4000;

export interface LogRowProps {
  log: KiwiLog;
  index: number;
  /** Changes when the line may have changed. */
  version: number;
  /** Number of the line that the reader has chosen. */
  selected: number | null;
  query: string;
  /** Column of the hit that the search stands at, if it is in this line. */
  currentHit: number | null;
}

const levelWords = { DEBUG: "DEBUG", INFO: "INFO", WARNING: "WARN", ERROR: "ERROR", CRITICAL: "CRIT" } as const;

/** The cells of one line: number, time, level, message. */
export const LogRow = memo(function LogRow({ log, index, selected, query, currentHit }: LogRowProps) {
  const line = log.line(index);
  const isRecord = line.kind === "record" || line.kind === "command";
  return (
    <div
      className={classes.row}
      data-level={line.level ?? undefined}
      data-kind={line.kind}
      data-phase={log.phases.some((phase) => phase.line === index) || undefined}
      data-selected={line.number === selected || undefined}
    >
      <span role="rowheader" className={classes.number} data-line={line.number}>
        {line.number}
      </span>
      <span role="cell" className={classes.time} title={sinceStart(line.time, log)}>
        {line.time === null ? "" : formatClock(line.time)}
      </span>
      <span role="cell" className={classes.level}>
        {isRecord && line.level ? levelWords[line.level] : ""}
      </span>
      <span role="cell" className={classes.message}>
        {line.kind === "progress" ? (
          <Bar percent={line.progress ?? 0} />
        ) : (
          <Message line={line} query={query} currentHit={currentHit} />
        )}
      </span>
    </div>
  );
});

function sinceStart(time: number | null, log: KiwiLog): string | undefined {
  return time === null || !log.times ? undefined : `${formatDuration(time - log.times.first)} after the start`;
}

function Message({ line, query, currentHit }: { line: LogLine; query: string; currentHit: number | null }) {
  const pieces = markSpans(line.spans, query === "" ? [] : occurrences(line.text, query), query.length, currentHit);
  let left = shownCharacters;
  let start = 0;
  const shown = [];
  for (const { text, style, mark } of pieces) {
    if (left <= 0) break;
    const visible = text.slice(0, left);
    left -= visible.length;
    const Tag = mark === "none" ? "span" : "mark";
    shown.push(
      <Tag
        key={start}
        data-current={mark === "current" || undefined}
        data-fg={style.foreground ?? undefined}
        data-bg={style.background ?? undefined}
        data-bold={style.bold || undefined}
        data-dim={style.dim || undefined}
        data-italic={style.italic || undefined}
        data-underline={style.underline || undefined}
        data-strike={style.strike || undefined}
        data-inverse={style.inverse || undefined}
      >
        {visible}
      </Tag>,
    );
    start += text.length;
  }
  const hidden = line.text.length - shownCharacters;
  return (
    <>
      {shown}
      {hidden > 0 && <em className={classes.cut}> … {hidden.toLocaleString("en")} more characters</em>}
    </>
  );
}

function Bar({ percent }: { percent: number }) {
  return (
    <span className={classes.bar}>
      <span className={classes.track} aria-hidden>
        <span style={{ width: `${percent}%` }} />
      </span>
      {percent} %
    </span>
  );
}
