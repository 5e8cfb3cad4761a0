/** How many builds before count as the usual. */
const WINDOW = 7;
/** A tenth more than the usual is worth a look; timings and sizes differ by a few percent from build to build. */
const TOO_MUCH = 1.1;

/** Whether a value is much more than what was usual: the median of the last values before it, oldest first. */
export function isRegression(before: readonly number[], value: number): boolean {
  const usual = before.slice(-WINDOW).toSorted((one, other) => one - other);
  const middle = usual[Math.floor(usual.length / 2)];
  return middle !== undefined && value > middle * TOO_MUCH;
}
