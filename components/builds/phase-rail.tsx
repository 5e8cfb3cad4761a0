"use client";

import { Button } from "@mantine/core";
import { IconBan, IconCircleCheck, IconCircleX, IconPlayerPlay } from "@tabler/icons-react";
import { isFinal } from "#lib/builds/state.ts";
import type { Build } from "#lib/contracts/build.ts";
import type { LogSummary } from "#lib/contracts/log.ts";
import { formatDuration } from "../ui/format.ts";
import { useNow } from "../ui/now.ts";
import { useFolded } from "../ui/use-folded.ts";
import { figureWords, notCounted } from "./phase-figures.ts";
import classes from "./phase-rail.module.css";
import { type PhaseRow, phaseRows } from "./phase-rows.ts";

const signs = {
  done: { icon: IconCircleCheck, words: "done" },
  running: { icon: IconPlayerPlay, words: "running" },
  failed: { icon: IconCircleX, words: "failed" },
  stopped: { icon: IconBan, words: "stopped" },
} as const;

export interface PhaseRailProps {
  log: LogSummary;
  build: Build;
  /** Gets the number of the phase's first line. */
  onPick: (line: number) => void;
}

/** KIWI's phases with state and duration, and what each took if it is asked for; each leads to its first line. */
export function PhaseRail({ log, build, onPick }: PhaseRailProps) {
  const now = useNow(!isFinal(build.state));
  const rows = phaseRows(log, build, now);
  const [folded, fold] = useFolded("phase-figures", true);
  const missing = notCounted(build.phases);
  return (
    <nav className={classes.rail} aria-label="Phases">
      <div className={classes.head}>
        <h2 className={classes.title}>Phases</h2>
        {rows.some(({ figures }) => figures !== null) && (
          <Button size="compact-xs" variant="subtle" aria-pressed={!folded} onClick={() => fold(!folded)}>
            Figures
          </Button>
        )}
      </div>
      {rows.length === 0 && (
        <p className={classes.empty}>
          {isFinal(build.state) ? "None was reached." : "They appear as KIWI begins them."}
        </p>
      )}
      <ol className={classes.list}>
        {rows.map((row) => (
          <li key={row.line}>
            <Phase row={row} measured={!folded} onPick={onPick} />
          </li>
        ))}
      </ol>
      {!folded && missing !== null && <p className={classes.empty}>{missing}</p>}
    </nav>
  );
}

interface PhaseProps {
  row: PhaseRow;
  /** Show what it took. */
  measured: boolean;
  onPick: (line: number) => void;
}

function Phase({ row, measured, onPick }: PhaseProps) {
  const figures = measured && row.figures ? figureWords(row.figures) : "";
  const { icon: Icon, words } = signs[row.state];
  return (
    <button type="button" className={classes.phase} data-state={row.state} onClick={() => onPick(row.line)}>
      <Icon size={16} aria-label={words} role="img" />
      <span className={classes.label}>{row.label}</span>
      <span className={classes.seconds}>{formatDuration(row.seconds)}</span>
      {figures !== "" && <span className={classes.figures}>{figures}</span>}
      {row.progress !== null && (
        <span className={classes.progress}>
          <progress
            max={row.progress.total}
            value={row.progress.done}
            aria-label={row.progress.unit === "packages" ? "Packages installed" : "Progress"}
          />
          {row.progress.unit === "packages"
            ? `${row.progress.done.toLocaleString("en")} of ${row.progress.total.toLocaleString("en")}`
            : `${row.progress.done} %`}
        </span>
      )}
    </button>
  );
}
