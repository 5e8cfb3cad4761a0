"use client";

import type { Build } from "#lib/contracts/build.ts";
import { formatDuration } from "../ui/format.ts";
import { useNow } from "../ui/now.ts";
import { buildSeconds } from "./build-times.ts";

/** How long a build took, or has taken so far. */
export function BuildDuration({ build }: { build: Pick<Build, "startedAt" | "endedAt"> }) {
  const now = useNow(build.startedAt !== null && build.endedAt === null);
  const seconds = buildSeconds(build, now);
  return <span style={{ fontVariantNumeric: "tabular-nums" }}>{seconds === null ? "–" : formatDuration(seconds)}</span>;
}
