/** One line of the table: what we take beside a known piece of work, measured in the same run on the same input. */
export interface Measurement {
  what: string;
  /** Milliseconds. */
  ours: number;
  /** The known piece of work. */
  baseline: string;
  /** Milliseconds. */
  theirs: number;
}

/** The median of several runs, in milliseconds. */
export function medianTime(rounds: number, work: () => void): number {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return times.toSorted((a, b) => a - b)[rounds >> 1] ?? Number.NaN;
}
