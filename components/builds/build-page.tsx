"use client";

import { Skeleton, VisuallyHidden } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import { isFinal } from "#lib/builds/state.ts";
import type { Build } from "#lib/contracts/build.ts";
import type { KiwiLog } from "#lib/kiwi/log/index.ts";
import type { LogViewerHandle } from "../logs/log-viewer.tsx";
import { LogViewer } from "../logs/log-viewer.tsx";
import { NothingHere } from "../shell/nothing-here.tsx";
import { errorStatus } from "../trpc.tsx";
import { Failure } from "../ui/failure.tsx";
import { logHref } from "../ui/links.ts";
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
  const { store, version, connection } = feed;
  const viewer = useRef<LogViewerHandle>(null);
  const showLine = (index: number) => viewer.current?.showLine(index);
  // KIWI reports its own cancelling as an error.
  const error = build.state === "cancelling" || build.state === "cancelled" ? null : store.log.error;
  const { cause, warnings } = useExplanation(build);
  useDocumentTitle(`${progressWords(build, store.log)}: ${build.imageName ?? build.description} · KIWI Workbench`);
  useFirstPlace(feed, (index) => viewer.current?.showLine(index, { focus: false }));

  return (
    <div className={classes.page}>
      <BuildHeader build={build} />
      <VisuallyHidden role="status">{announcement(build, feed)}</VisuallyHidden>
      <div className={classes.body}>
        <PhaseRail log={store.log} version={version} build={build} onPick={showLine} />
        <div className={classes.column}>
          {(error || (build.reason && build.state !== "succeeded")) && (
            <ErrorBox build={build} error={error} log={store.log} cause={cause} onShowLine={showLine} />
          )}
          {build.state === "failed" && <SinceLastGood build={build} log={store.log} onShowLine={showLine} />}
          <Warnings warnings={warnings} build={build} log={store.log} onShowLine={showLine} />
          {build.results.length > 0 && <ResultsTable build={build} />}
          <LogViewer
            ref={viewer}
            store={store}
            version={version}
            live={!isFinal(build.state)}
            connection={connectionWords(connection, build)}
            activity={build.state === "running" && <Silence log={store.log} build={build} />}
            downloadHref={logHref(build.id, build.attempt)}
          />
        </div>
      </div>
    </div>
  );
}

/** Opens the log at the line that the address names, else at the error of a build that failed. */
function useFirstPlace({ store, version, build }: FeedSnapshot, showLine: (index: number) => void) {
  const placed = useRef(false);
  useEffect(() => {
    void version;
    if (placed.current) return;
    const wanted = Number(/^#L(\d+)$/.exec(window.location.hash)?.[1] ?? 0);
    const place =
      wanted > 0 ? lineOf(store.log, wanted) : store.complete && build?.state === "failed" && store.log.error?.line;
    placed.current = store.complete !== null || typeof place === "number";
    // The viewer opens at the end by itself; this comes after that.
    if (typeof place === "number") requestAnimationFrame(() => showLine(place));
  }, [store, version, build, showLine]);
}

function lineOf(log: KiwiLog, number: number): number | null {
  return log.storedLineCount >= number ? log.indexOfNumber(number) : null;
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
function progressWords(build: Build, log: KiwiLog): string {
  const phase = build.state === "running" ? log.phases.at(-1)?.label : undefined;
  return phase ? `${stateWords(build.state)}, ${phase}` : stateWords(build.state);
}

/** What a screen reader is told: phases, the error and the end, not each line. */
function announcement(build: Build, { store }: FeedSnapshot): string {
  if (isFinal(build.state)) return `Build ${stateWords(build.state).toLowerCase()}. ${build.reason ?? ""}`;
  return progressWords(build, store.log);
}
