import { Table, UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import classes from "./tables.module.css";

export interface Sorting<Column extends string> {
  by: Column;
  descending: boolean;
}

/** Rows in the order asked for; numbers inside words count as numbers, and what is unknown comes last. */
export function sorted<Column extends string, Row extends Record<Column, string | number | null>>(
  rows: readonly Row[],
  { by, descending }: Sorting<Column>,
): Row[] {
  const collator = new Intl.Collator("en", { numeric: true });
  return rows.toSorted((one, other) => {
    const [first, second] = [one[by], other[by]];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    const order =
      typeof first === "number" && typeof second === "number"
        ? first - second
        : collator.compare(String(first), String(second));
    return order * (descending ? -1 : 1);
  });
}

export interface SortableHeaderProps<Column extends string> {
  column: Column;
  title: string;
  sorting: Sorting<Column>;
  onSort: (sorting: Sorting<Column>) => void;
  /** Above numbers, which stand at the right. */
  numbers?: boolean;
}

/** The head of a column; a press sorts by it, another one turns the order round. */
export function SortableHeader<Column extends string>(props: SortableHeaderProps<Column>) {
  const { column, title, sorting, onSort, numbers = false } = props;
  const active = sorting.by === column;
  const Arrow = sorting.descending ? IconArrowDown : IconArrowUp;
  return (
    <Table.Th
      className={numbers ? classes.number : undefined}
      aria-sort={active ? (sorting.descending ? "descending" : "ascending") : "none"}
    >
      <UnstyledButton
        className={classes.head}
        onClick={() => onSort({ by: column, descending: active && !sorting.descending })}
      >
        {title}
        {active && <Arrow size={14} aria-hidden />}
      </UnstyledButton>
    </Table.Th>
  );
}
