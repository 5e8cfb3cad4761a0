"use client";

import { Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import type { FeedLog } from "../builds/build-feed.ts";
import { formatBytes, formatCount } from "../ui/format.ts";
import classes from "./log-viewer.module.css";

/** How large the log is, and whether what is stored is what the builder recorded of it. */
export function LogCompleteness({ log: { summary, end }, connection }: { log: FeedLog; connection: string }) {
  const lines = formatCount(summary.lines, "line");
  const complete = end !== null && summary.complete;
  const size = formatBytes(complete ? complete.bytes : summary.bytes);
  if (!complete) return <Text size="xs">{`${lines}, ${size}, ${connection}`}</Text>;
  const known = end.sha256 !== null && complete.sha256 !== null;
  const same = known && end.sha256 === complete.sha256;
  return (
    <Text
      size="xs"
      className={classes.completeness}
      title={`SHA-256 of the stored log: ${complete.sha256 ?? "unknown"}`}
    >
      {known && (same ? <IconCircleCheck size={14} aria-hidden /> : <IconAlertTriangle size={14} aria-hidden />)}
      {`complete, ${lines}, ${size}`}
      {known &&
        (same ? ", SHA-256 equal to the builder's" : ", but what is stored is not what the builder has written")}
    </Text>
  );
}
