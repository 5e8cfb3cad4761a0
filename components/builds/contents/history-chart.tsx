import { Title, Tooltip } from "@mantine/core";
import Link from "next/link";
import type { HistoryPoint } from "#lib/contracts/build-contents.ts";
import { formatChange } from "../../ui/format.ts";
import { buildHref } from "../../ui/links.ts";
import classes from "./history-chart.module.css";
import { isRegression } from "./regression.ts";

export interface HistoryChartProps {
  title: string;
  /** Oldest first. */
  points: readonly HistoryPoint[];
  read: (point: HistoryPoint) => number | null;
  words: (value: number) => string;
  /** What a value is made of, if that is known: parts of the same measure, by name. */
  parts?: (point: HistoryPoint) => readonly { name: string; value: number }[];
}

/** More colours than these could not be told apart: the largest parts have one, the others are one. */
const COLOURS = 5;

/** A bar for each build that leads to it; one that is much more than those before it is marked. */
export function HistoryChart({ title, points, read, words, parts = () => [] }: HistoryChartProps) {
  const known = points.flatMap((point) => {
    const value = read(point);
    return value === null ? [] : [{ point, value }];
  });
  const values = known.map(({ value }) => value);
  const most = Math.max(...values, 0);
  const newest = values.at(-1);
  if (newest === undefined) return null;
  const named = largestNames(known.flatMap(({ point }) => parts(point)));
  return (
    <section aria-label={title}>
      <Title order={2} size="h5">
        {title}: {words(newest)}
      </Title>
      <ol className={classes.bars}>
        {known.map(({ point, value }, index) => {
          const grown = isRegression(values.slice(0, index), value);
          const change = index > 0 ? `, ${formatChange(values[index - 1] ?? value, value)} against the one before` : "";
          const label = [
            point.imageVersion,
            new Date(point.endedAt).toLocaleString(),
            `${words(value)}${change}${grown ? " (much more than usual)" : ""}`,
          ]
            .filter(Boolean)
            .join(", ");
          return (
            <li key={point.id}>
              <Tooltip label={label} openDelay={100}>
                <Link href={buildHref(point.id)} aria-label={label} data-grown={grown || undefined}>
                  <span style={{ height: `${most === 0 ? 0 : (value / most) * 100}%` }}>
                    {stacked(parts(point), named, value).map(({ name, share }, part) => (
                      <i key={name} data-part={part} style={{ height: `${share * 100}%` }} />
                    ))}
                  </span>
                </Link>
              </Tooltip>
            </li>
          );
        })}
      </ol>
      {named.length > 0 && (
        <ul className={classes.legend} aria-label={`${title}: parts`}>
          {[...named, "everything else"].map((name, part) => {
            const parted = stacked(parts(known.at(-1)?.point as HistoryPoint), named, newest);
            return (
              <li key={name}>
                <i data-part={part} aria-hidden />
                {name}: {words((parted[part]?.share ?? 0) * newest)}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

/** The names of the parts that weigh most over all builds. */
function largestNames(parts: readonly { name: string; value: number }[]): string[] {
  const sums = new Map<string, number>();
  for (const { name, value } of parts) sums.set(name, (sums.get(name) ?? 0) + value);
  return [...sums]
    .sort((one, other) => other[1] - one[1])
    .slice(0, COLOURS)
    .map(([name]) => name);
}

/** The shares of the named parts of a value, and last of all that is left. */
function stacked(parts: readonly { name: string; value: number }[], named: readonly string[], whole: number) {
  if (named.length === 0 || whole === 0) return [];
  const shares = named.map((name) => ({
    name,
    share: Math.min(1, (parts.find((part) => part.name === name)?.value ?? 0) / whole),
  }));
  const rest = 1 - shares.reduce((sum, { share }) => sum + share, 0);
  return [...shares, { name: "everything else", share: Math.max(0, rest) }];
}
