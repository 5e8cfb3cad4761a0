import { hierarchy, treemap } from "d3-hierarchy";
import { formatBytes } from "../../ui/format.ts";
import classes from "./weights.module.css";
import type { WeightItem } from "./weights-table.tsx";

/** Smaller parts could neither be seen nor hit. */
const MOST_TILES = 60;

/**
 * Parts of an image as areas. It shows what the table below it says, and is passed over by keyboard and screen reader
 * in favour of that.
 */
export function Treemap({ items }: { items: readonly WeightItem[] }) {
  const shown = items.filter(({ bytes }) => bytes > 0).slice(0, MOST_TILES);
  if (shown.length === 0) return null;
  const root = hierarchy<{ item?: WeightItem; children?: { item: WeightItem }[] }>({
    children: shown.map((item) => ({ item })),
  }).sum(({ item }) => item?.bytes ?? 0);
  const laid = treemap<{ item?: WeightItem }>().size([100, 100])(root);
  return (
    <div className={classes.map} aria-hidden>
      {laid.leaves().map(({ data: { item }, x0, y0, x1, y1 }, index) => {
        if (item === undefined) return null;
        const place = { left: `${x0}%`, top: `${y0}%`, width: `${x1 - x0}%`, height: `${y1 - y0}%` };
        const label = `${item.name}, ${formatBytes(item.bytes)}`;
        return (
          <button
            key={item.name}
            type="button"
            tabIndex={-1}
            className={classes.tile}
            data-shade={index % 5}
            data-opens={item.onOpen ? true : undefined}
            style={place}
            title={label}
            onClick={item.onOpen}
          >
            {y1 - y0 > 7 && x1 - x0 > 4 && label}
          </button>
        );
      })}
    </div>
  );
}
