"use client";

import { Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { formatBytes, formatCount } from "../ui/format.ts";
import type { LogStore } from "./log-store.ts";
import classes from "./log-viewer.module.css";

/** Says whether what was received is the whole log; `version` changes with it. */
export function LogCompleteness({
  store,
  version,
  connection,
}: {
  store: LogStore;
  version: number;
  connection: string;
}) {
  const [own, setOwn] = useState<{ of: LogStore["complete"]; sha256: string } | null>(null);
  const { complete } = store;
  useEffect(() => {
    void version;
    if (!complete) return;
    let left = false;
    void store.sha256().then((sha256) => {
      if (!left) setOwn({ of: complete, sha256 });
    });
    return () => {
      left = true;
    };
  }, [store, complete, version]);

  const lines = formatCount(store.log.storedLineCount, "line");
  const size = formatBytes(store.offset);
  if (!complete) return <Text size="xs">{`${lines}, ${size}, ${connection}`}</Text>;
  if (own?.of !== complete) return <Text size="xs">{`complete, ${lines}, ${size}`}</Text>;
  const same = complete.sha256 !== null && own.sha256 === complete.sha256;
  return (
    <Text size="xs" className={classes.completeness} title={`SHA-256 of the received log: ${own.sha256}`}>
      {complete.sha256 !== null &&
        (same ? <IconCircleCheck size={14} aria-hidden /> : <IconAlertTriangle size={14} aria-hidden />)}
      {`complete, ${lines}, ${size}${verdict()}`}
    </Text>
  );

  function verdict(): string {
    if (complete?.sha256 == null) return "";
    if (same) return ", SHA-256 equal to the builder's";
    return store.exact
      ? ", but its SHA-256 differs from the builder's: reload the page"
      : "; it holds bytes that are no text: download it to have them exactly";
  }
}
