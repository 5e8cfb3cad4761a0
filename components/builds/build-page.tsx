"use client";

import { Skeleton, VisuallyHidden } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import { isFinal } from "#lib/builds/state.ts";
import type { Build } from "#lib/contracts/build.ts";
import type { LogSummary } from "#lib/contracts/log.ts";
import type { LogViewerHandle } from "../logs/log-viewer.tsx";
import { LogViewer } from "../logs/log-viewer.tsx";
import { NothingHere } from "../shell/nothing-here.tsx";
import { errorStatus } from "../trpc.tsx";
import { Failure } from "../ui/failure.tsx";
import { formatCount } from "../ui/format.ts";
import type { Connection, FeedSnapshot } from "./build-feed.ts";
import { BuildHeader } from "./build-header.tsx";
import classes from "./build-page.module.css";
import { stateWords } from "./build-state.tsx";
import { useBuild } from "./build-stream.ts";
import { ErrorBox, Warnings } from "./error-box.tsx";
import { PhaseRail } from "./phase-rail.tsx";
import { ResultsTable } from "./results-table.tsx";
import { Silence } from "./silence.tsx";
import { SinceLastGood } from "./since-last-good.tsx";
import { useExplanation } from "./use-explanation.ts";

/** One build: what it is, how it goes, why it failed, what it left, and its whole log. */
export function BuildPage({ id }: { id: string }) {
  const feed = useBuild(id);
  if (feed.connection.kind === "refused") {
    if (errorStatus(feed.connection.error) === 404) return <NothingHere what="There is no such build." />;
    return (
      <div className={classes.page}>
        <VisuallyHidden component="h1">Build</VisuallyHidden>
        <Failure title="This build cannot be shown" error={feed.connection.error} />
      </div>
    );
  }
  if (!feed.build) {
    return (
      <div className={classes.page}>
        <Skeleton h={96} aria-label="Loading the build" />
        <Skeleton className={classes.body} />
      </div>
    );
  }
  return <LoadedBuild key={feed.build.id} build={feed.build} feed={feed} />;
}

function LoadedBuild({ build, feed }: { build: Build; feed: FeedSnapshot }) {
  const { log, rows, version, connection } = feed;
  const { summary } = log;
  const viewer = useRef<LogViewerHandle>(null);
  const showLine = (number: number) => viewer.current?.showLine(number);
  // KIWI reports its own cancelling as an error.
  const error = build.state === "cancelling" || build.state === "cancelled" ? null : summary.error;
  const { cause, warnings } = useExplanation(build);
  useDocumentTitle(`${progressWords(build, summary)}: ${build.imageName ?? build.description} · KIWI Workbench`);
  useFirstPlace(feed, (first, last) => viewer.current?.showLine(first, { last, focus: false }));

  return (
    <div className={classes.page}>
      <BuildHeader build={build} />
      <VisuallyHidden role="status">{announcement(build, feed)}</VisuallyHidden>
      <div className={classes.body}>
        <PhaseRail log={summary} build={build} onPick={showLine} />
        <div className={classes.column}>
          {(error || (build.reason && build.state !== "succeeded")) && (
            <ErrorBox build={build} error={error} log={summary} cause={cause} onShowLine={showLine} />
          )}
          {build.state === "failed" && <SinceLastGood build={build} onShowLine={showLine} />}
          <Warnings warnings={warnings} build={build} onShowLine={showLine} />
          {build.results.length > 0 && <ResultsTable build={build} />}
          <LogViewer
            ref={viewer}
            build={build.id}
            log={log}
            rows={rows}
            version={version}
            live={!isFinal(build.state)}
            connection={connectionWords(connection, build)}
            activity={build.state === "running" && <Silence log={summary} build={build} />}
          />
        </div>
      </div>
    </div>
  );
}

/** Opens the log at the lines that the address names, else at the error of a build that failed. */
function useFirstPlace({ log, build }: FeedSnapshot, showLines: (first: number, last: number) => void) {
  const placed = useRef(false);
  useEffect(() => {
    if (placed.current) return;
    const { summary, end } = log;
    const [, from, to] = /^#L(\d+)(?:-L?(\d+))?$/.exec(window.location.hash) ?? [];
    const first = Number(from ?? 0) || (end !== null && build?.state === "failed" ? (summary.error?.line ?? 0) : 0);
    placed.current = end !== null || (first > 0 && summary.lines >= first);
    // The viewer opens at the end by itself; this comes after that.
    if (placed.current && first > 0) requestAnimationFrame(() => showLines(first, Number(to ?? first)));
  }, [log, build, showLines]);
}

function connectionWords(connection: Connection, build: Build): string {
  switch (connection.kind) {
    case "connecting":
      return "connecting";
    case "live":
      return build.state === "queued" ? "waiting in the queue" : "live";
    case "waiting":
      return `${connection.reason} The build may well go on.`;
    case "reconnecting":
      return "connection lost; the build goes on. Connecting again";
    case "ended":
      return "ended";
    case "refused":
      return "refused";
  }
}

/** The state, and while KIWI runs its phase: what the title of a tab in the background can tell. */
function progressWords(build: Build, log: LogSummary): string {
  const phase = build.state === "running" ? log.phases.at(-1)?.label : undefined;
  return phase ? `${stateWords(build.state)}, ${phase}` : stateWords(build.state);
}

/** What a screen reader is told: phases, the error and the end, not each line. */
function announcement(build: Build, { log: { summary } }: FeedSnapshot): string {
  if (isFinal(build.state)) return `Build ${stateWords(build.state).toLowerCase()}. ${build.reason ?? ""}`;
  const errors = summary.errors > 0 ? `, ${formatCount(summary.errors, "error")} in the log` : "";
  return progressWords(build, summary) + errors;
}
