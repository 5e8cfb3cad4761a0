"use client";

import { Text } from "@mantine/core";
import type { Build } from "#lib/contracts/build.ts";
import type { LogSummary } from "#lib/contracts/log.ts";
import { formatDuration } from "../ui/format.ts";
import { useNow } from "../ui/now.ts";
import { secondsSince } from "./phase-rows.ts";

/** Seconds without a line after which it is worth a word. */
const worthSaying = 15;

/** Phases in which KIWI runs one long command that prints nothing. */
const quietPhases: ReadonlySet<string> = new Set([
  "archive",
  "container",
  "fsimage",
  "sync",
  "liveroot",
  "iso",
  "convert",
]);

/** Tells that a build which runs has printed nothing for a while, so that nobody takes it for dead or the page for stuck. */
export function Silence({ log, build }: { log: LogSummary; build: Build }) {
  const now = useNow();
  const seconds = log.times ? secondsSince(log.times.last, log, build, now) : 0;
  if (seconds < worthSaying) return null;
  const usual = quietPhases.has(log.phases.at(-1)?.id ?? "");
  return (
    <Text size="xs" c="dimmed">
      {`no output for ${formatDuration(seconds)}${usual ? ", as usual in this phase" : ""}`}
    </Text>
  );
}
