import type { LogSummary, LogView } from "#lib/contracts/log.ts";
import { isChatter, isCommand, isOutput, levelFlags, severityOf } from "./line-flags.ts";
import { addTo, emptyWords, LineSet } from "./line-set.ts";

/**
 * The lines that a view shows; null for all of them. `flags` has a byte for each of the `length` lines. What is chosen
 * by level and phase comes first, with its context; then what is folded goes.
 */
export function selectLines(
  view: LogView,
  { flags, length, phases }: { flags: Uint8Array; length: number; phases: LogSummary["phases"] },
): LineSet | null {
  const folds = view.foldCommands || view.otherCommands.length > 0 || view.foldedPhases.length > 0;
  if (!folds && view.level === null && view.phases === null && !view.quiet) return null;
  const words = emptyWords(length);
  const folded = foldedLines(view, phases, length);
  const chosen = phasesOf(view.phases, phases, length);
  const least = view.level === null ? 0 : levelFlags(view.level);
  const others = new Set(view.otherCommands);
  /** First line that was not looked at, so that the context of two hits is added once. */
  let added = 0;
  let after = -1;
  let folding = false;
  let range = 0;
  let fold = 0;

  const add = (line: number) => {
    const bits = flags[line] ?? 0;
    if (bits & isCommand) folding = view.foldCommands !== others.has(line + 1);
    if (bits & isOutput && folding) return;
    while (fold < folded.length && line >= (folded[fold]?.[1] ?? 0)) fold++;
    if (line >= (folded[fold]?.[0] ?? length)) return;
    addTo(words, line);
  };
  // Whether a command is folded is known from its own line, which the view may leave out.
  const pass = (line: number) => {
    const bits = flags[line] ?? 0;
    if (bits & isCommand) folding = view.foldCommands !== others.has(line + 1);
  };
  for (let line = 0; line < length; line++) {
    const bits = flags[line] ?? 0;
    while (range < chosen.length && line >= (chosen[range]?.[1] ?? 0)) range++;
    const fits =
      severityOf(bits) >= least && line >= (chosen[range]?.[0] ?? length) && !(view.quiet && bits & isChatter);
    if (fits) {
      for (let near = Math.max(added, line - view.context); near <= line; near++) add(near);
      added = line + 1;
      after = line + view.context;
    } else if (line <= after) {
      add(line);
      added = line + 1;
    } else pass(line);
  }
  for (const line of view.also) if (line <= length) addTo(words, line - 1);
  return new LineSet(length, words);
}

/** Ranges of line indices that folded phases hide, in order: all but their first line. */
function foldedLines(view: LogView, phases: LogSummary["phases"], length: number): [number, number][] {
  const wanted = new Set(view.foldedPhases);
  return phases.flatMap((phase, index): [number, number][] =>
    wanted.has(phase.line) ? [[phase.line, (phases[index + 1]?.line ?? length + 1) - 1]] : [],
  );
}

function phasesOf(wanted: LogView["phases"], phases: LogSummary["phases"], length: number): [number, number][] {
  if (wanted === null) return [[0, length]];
  const lines = new Set(wanted);
  return phases.flatMap((phase, index): [number, number][] =>
    lines.has(phase.line) ? [[phase.line - 1, (phases[index + 1]?.line ?? length + 1) - 1]] : [],
  );
}
