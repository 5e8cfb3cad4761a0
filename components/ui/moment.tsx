"use client";

import { formatAgo } from "./format.ts";
import { useNow } from "./now.ts";

/** A point in time as "5 min ago"; the exact local time is its tooltip. */
export function Moment({ iso }: { iso: string }) {
  const now = useNow(true, 30_000);
  return (
    <time dateTime={iso} title={new Date(iso).toLocaleString()}>
      {formatAgo(iso, now)}
    </time>
  );
}
