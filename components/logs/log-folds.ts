import { type LogPlace, type LogSummary, type LogView, wholeLog } from "#lib/contracts/log.ts";

type Phases = LogSummary["phases"];

/** Folds what is open, or opens what is folded: a phase or a command, by the number of its first line. */
export function toggleFold(view: LogView, line: number, phase: boolean): LogView {
  const toggled = (lines: readonly number[]) =>
    lines.includes(line) ? lines.filter((one) => one !== line) : [...lines, line].slice(-300);
  if (phase) return { ...view, foldedPhases: toggled(view.foldedPhases) };
  return { ...view, otherCommands: toggled(view.otherCommands) };
}

/** Every phase that has ended well is folded; one with an error never is, nor is the last of a build that goes on. */
export function foldPhases(view: LogView, phases: Phases, error: LogSummary["error"]): LogView {
  const folded = phases.filter(({ end, failed, line }, index) => {
    const next = phases[index + 1]?.line ?? Number.POSITIVE_INFINITY;
    const holdsError = error !== null && error.line >= line && error.line < next;
    return end !== null && !failed && !holdsError;
  });
  return { ...view, foldedPhases: folded.map(({ line }) => line).slice(-300) };
}

export const openAll = (view: LogView): LogView => ({
  ...view,
  foldedPhases: [],
  foldCommands: false,
  otherCommands: [],
  also: [],
});

/** The view with a line in it that is not shown: folds around it are opened, and a filter lets it through. */
export function withLine(view: LogView, phases: Phases, line: number, place: LogPlace): LogView {
  const phase = phases.findLast((one) => one.line <= line);
  let next = view;
  if (phase && view.foldedPhases.includes(phase.line)) next = toggleFold(next, phase.line, true);
  if (place.command !== null && place.command !== line) {
    const folded = view.foldCommands !== view.otherCommands.includes(place.command);
    if (folded) next = toggleFold(next, place.command, false);
  }
  if (!isFiltered(view)) return next;
  const near = [line - 2, line - 1, line, line + 1, line + 2].filter((one) => one > 0);
  return { ...next, also: [...next.also.filter((one) => !near.includes(one)), ...near].slice(-50) };
}

export const isFiltered = ({ level, phases, quiet }: LogView): boolean => level !== null || phases !== null || quiet;

export const isWhole = (view: LogView): boolean => JSON.stringify(view) === JSON.stringify(wholeLog);
