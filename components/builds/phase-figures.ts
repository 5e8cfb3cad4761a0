import type { PhaseFigures } from "#lib/contracts/phase-figures.ts";
import { formatBytes, formatDuration } from "../ui/format.ts";

const KINDS = [
  { name: "cpuSeconds", words: "CPU", format: formatDuration },
  { name: "peakMemoryBytes", words: "memory", format: formatBytes },
  { name: "diskWrittenBytes", words: "written", format: formatBytes },
  { name: "networkReceivedBytes", words: "received", format: formatBytes },
] as const;

/** What a phase took, in few words: what it did not need is left out. */
export function figureWords(figures: PhaseFigures): string {
  return KINDS.flatMap(({ name, words, format }) => {
    const value = figures[name] ?? 0;
    return value < 1 ? [] : [`${words} ${format(value)}`];
  }).join(", ");
}

/** What the builder could not count in any phase, as a sentence; null where it counted all. */
export function notCounted(phases: readonly PhaseFigures[]): string | null {
  const missing = KINDS.filter(({ name }) => phases.every((phase) => phase[name] === undefined));
  if (phases.length === 0 || missing.length === 0) return null;
  return `This builder's kernel does not count: ${missing.map(({ words }) => words).join(", ")}.`;
}
