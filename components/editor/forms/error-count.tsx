import { Badge } from "@mantine/core";

/** How much is wrong with what is folded away. */
export function ErrorCount({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <Badge size="xs" color="red" role="img" aria-label={count === 1 ? "1 error" : `${count} errors`}>
      {count}
    </Badge>
  );
}
