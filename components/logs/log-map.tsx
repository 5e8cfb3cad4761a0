"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../trpc.tsx";
import classes from "./log-map.module.css";

export interface LogMapProps {
  build: string;
  attempt: number;
  /** Lines of the log. */
  lines: number;
  live: boolean;
  /** Lines found in equal parts of the log; empty while nothing is looked for. */
  hits: readonly number[];
  onPick: (line: number) => void;
}

const parts = 200;
const levels = ["", "warning", "error"] as const;

/** Beside the scroll bar: where in the whole log warnings, errors and what was found are. */
export function LogMap({ build, attempt, lines, live, hits, onPick }: LogMapProps) {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.logs.map.queryOptions(
      { build, attempt, parts },
      { enabled: lines > 0, refetchInterval: live ? 3000 : false, staleTime: live ? 2000 : 600_000 },
    ),
  );
  const marks = (data ?? []).map((level, part) => ({ part, level: levels[level] ?? "" })).filter(({ level }) => level);
  const found = hits.map((count, part) => ({ part, count })).filter(({ count }) => count > 0);
  return (
    // What it shows is told by the search and by the list of phases as well.
    <div
      className={classes.map}
      aria-hidden
      onClick={(event) => {
        const { top, height } = event.currentTarget.getBoundingClientRect();
        onPick(Math.max(1, Math.round(((event.clientY - top) / height) * lines)));
      }}
    >
      {marks.map(({ part, level }) => (
        <i key={part} data-level={level} style={{ top: `${(100 * part) / parts}%` }} />
      ))}
      {found.map(({ part }) => (
        <i key={`hit ${part}`} data-level="hit" style={{ top: `${(100 * part) / parts}%` }} />
      ))}
    </div>
  );
}
