import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { memo } from "react";
import type { ShownLine } from "#lib/contracts/log.ts";
import { readAnsi } from "#lib/kiwi/log/index.ts";
import { formatClock, formatCount, formatDuration } from "../ui/format.ts";
import classes from "./log-row.module.css";
import { markSpans } from "./marked-spans.ts";

export interface LogRowProps {
  line: ShownLine;
  /** What stands in the column of times. */
  time: string;
  /** The reader has chosen it. */
  selected: boolean;
  /** The search stands at it. */
  current: boolean;
  /** What hangs below it is folded; null where there is nothing to fold. */
  folded: boolean | null;
}

const levelWords = { DEBUG: "DEBUG", INFO: "INFO", WARNING: "WARN", ERROR: "ERROR", CRITICAL: "CRIT" } as const;

/** The cells of one line: number, time, level, message. */
export const LogRow = memo(function LogRow({ line, time, selected, current, folded }: LogRowProps) {
  const isRecord = line.kind === "record" || line.kind === "command";
  return (
    <div
      className={classes.row}
      data-level={line.level ?? undefined}
      data-kind={line.kind}
      data-phase={line.phase || undefined}
      data-selected={selected || undefined}
      data-hit={current || undefined}
    >
      <span role="rowheader" className={classes.number} data-line={line.number}>
        {line.number}
      </span>
      <span role="cell" className={classes.time}>
        {time}
      </span>
      <span role="cell" className={classes.level}>
        {isRecord && line.level ? levelWords[line.level] : ""}
      </span>
      <span role="cell" className={classes.message}>
        {folded !== null && (
          <button
            type="button"
            className={classes.fold}
            tabIndex={-1}
            data-fold={line.number}
            data-of-phase={line.phase || undefined}
            aria-expanded={!folded}
            aria-label={
              line.phase ? "Lines of this phase" : `Output of this command, ${formatCount(line.output, "line")}`
            }
          >
            {folded ? <IconChevronRight size={14} aria-hidden /> : <IconChevronDown size={14} aria-hidden />}
          </button>
        )}
        {line.silence !== null && (
          <span className={classes.silence}>after {formatDuration(line.silence)} of silence</span>
        )}
        {line.kind === "progress" ? <Bar percent={line.progress ?? 0} /> : <Message line={line} />}
        {folded && line.output > 0 && !line.phase && (
          <em className={classes.cut}> … {formatCount(line.output, "line")}</em>
        )}
      </span>
    </div>
  );
});

/** What the column of times says of a line. `before` is the time of the record before it. */
export function timeWords(
  line: ShownLine,
  mode: "clock" | "start" | "last",
  first: number | null,
  before: number | null,
): string {
  if (line.time === null) return "";
  if (mode === "clock") return formatClock(line.time);
  const since = mode === "start" ? first : before;
  return since === null ? "" : `+${formatClock(Math.max(0, line.time - since))}`;
}

function Message({ line }: { line: ShownLine }) {
  const pieces = markSpans(readAnsi(line.text, line.style).spans, line.hits);
  let start = 0;
  const shown = [];
  for (const { text, style, marked } of pieces) {
    const Tag = marked ? "mark" : "span";
    shown.push(
      <Tag
        key={start}
        data-fg={style.foreground ?? undefined}
        data-bg={style.background ?? undefined}
        data-bold={style.bold || undefined}
        data-dim={style.dim || undefined}
        data-italic={style.italic || undefined}
        data-underline={style.underline || undefined}
        data-strike={style.strike || undefined}
        data-inverse={style.inverse || undefined}
      >
        {text}
      </Tag>,
    );
    start += text.length;
  }
  return (
    <>
      {shown}
      {line.hidden > 0 && (
        <em className={classes.cut}> … {line.hidden.toLocaleString("en")} more characters, in the download</em>
      )}
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
