/** One line of the table: what we take beside a known piece of work, measured in the same run on the same input. */
export interface Measurement {
  what: string;
  /** Milliseconds, unless `unit` says otherwise. */
  ours: number;
  unit?: string;
  /** The known piece of work; absent where there is none to compare with. */
  baseline?: string;
  theirs?: number;
}

/** The median of several runs, in milliseconds. */
export function medianTime(rounds: number, work: (round: number) => void): number {
  return percentile(timesOf(rounds, work), 50);
}

/** The times of several runs, in milliseconds. */
export function timesOf(rounds: number, work: (round: number) => void): number[] {
  return Array.from({ length: rounds }, (_, round) => {
    const start = performance.now();
    work(round);
    return performance.now() - start;
  });
}

export function percentile(times: readonly number[], percent: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}
