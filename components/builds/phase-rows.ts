import { isFinal } from "#lib/builds/state.ts";
import type { Build } from "#lib/contracts/build.ts";
import type { LogSummary } from "#lib/contracts/log.ts";
import type { PhaseFigures } from "#lib/contracts/phase-figures.ts";

interface Progress {
  done: number;
  total: number;
  unit: "packages" | "percent";
}

export interface PhaseRow {
  label: string;
  /** Number of its first line in the log. */
  line: number;
  seconds: number;
  state: "done" | "running" | "failed" | "stopped";
  /** How far the running phase is: packages where they can be counted, else the percent of KIWI's own bar. */
  progress: Progress | null;
  /** What it took; null where it was not measured, or not yet. */
  figures: PhaseFigures | null;
}

/** The phases of a build as its page lists them, at `now` (milliseconds). */
export function phaseRows(
  log: LogSummary,
  build: Pick<Build, "state" | "startedAt" | "phases">,
  now: number,
): PhaseRow[] {
  const { phases } = log;
  const over = isFinal(build.state);
  // KIWI reports its own cancelling as an error.
  const cancelled = build.state === "cancelling" || build.state === "cancelled";
  return phases.map((phase, index) => {
    const last = index === phases.length - 1;
    const state = phase.failed && !cancelled ? "failed" : last ? stateOfLast() : "done";
    const end = phase.end ?? log.times?.last ?? phase.start;
    const running = state === "running";
    const measured = build.phases[index];
    return {
      label: phase.label,
      line: phase.line,
      seconds: running ? Math.max(end - phase.start, secondsSince(phase.start, log, build, now)) : end - phase.start,
      state,
      progress: running ? progressOf(log) : null,
      figures: measured?.id === phase.id && measured.label === phase.label ? measured : null,
    };
  });

  function stateOfLast(): PhaseRow["state"] {
    if (!over) return "running";
    if (build.state === "succeeded") return "done";
    return build.state === "failed" ? "failed" : "stopped";
  }
}

function progressOf({ packages, progress }: LogSummary): Progress | null {
  if (packages) return { ...packages, unit: "packages" };
  return progress === null ? null : { done: progress, total: 100, unit: "percent" };
}

/**
 * Seconds from a time of the log to `now` (milliseconds). KIWI's clock is local time without a zone; it is tied to ours
 * at the start of the build.
 */
export function secondsSince(time: number, log: LogSummary, build: Pick<Build, "startedAt">, now: number): number {
  if (build.startedAt === null || log.times === null) return 0;
  return (now - Date.parse(build.startedAt)) / 1000 - (time - log.times.first);
}
