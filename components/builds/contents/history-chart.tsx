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
}

/** A bar for each build that leads to it; one that is much more than those before it is marked. */
export function HistoryChart({ title, points, read, words }: HistoryChartProps) {
  const known = points.flatMap((point) => {
    const value = read(point);
    return value === null ? [] : [{ point, value }];
  });
  const values = known.map(({ value }) => value);
  const most = Math.max(...values, 0);
  const newest = values.at(-1);
  if (newest === undefined) return null;
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
                  <span style={{ height: `${most === 0 ? 0 : (value / most) * 100}%` }} />
                </Link>
              </Tooltip>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
