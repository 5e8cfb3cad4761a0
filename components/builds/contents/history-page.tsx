"use client";

import { Anchor, Group, Skeleton, Stack, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { HistoryPoint } from "#lib/contracts/build-contents.ts";
import { useTRPC } from "../../trpc.tsx";
import { CopyIcon } from "../../ui/copy-button.tsx";
import { Failure } from "../../ui/failure.tsx";
import { formatBytes, formatDuration } from "../../ui/format.ts";
import { badgeHref, descriptionHref } from "../../ui/links.ts";
import { Page } from "../../ui/page.tsx";
import { useBuildChanges } from "../build-changes.ts";
import { BuildsTable } from "../builds-table.tsx";
import { HistoryChart } from "./history-chart.tsx";

/** How the image of a description came along: size, duration and packages of its good builds, and all its builds. */
export function HistoryPage({ description }: { description: string }) {
  const trpc = useTRPC();
  useBuildChanges();
  const history = useQuery(trpc.builds.history.queryOptions({ description }));
  const builds = useQuery(trpc.builds.list.queryOptions({ description, limit: 50 }));
  useDocumentTitle(`History of ${description} · KIWI Workbench`);
  const failed = history.error ?? builds.error;
  return (
    <Page title="History">
      <Stack gap="lg">
        <Group gap="md">
          <Anchor component={Link} href={descriptionHref(description)} size="sm">
            {description}
          </Anchor>
          <Badge description={description} />
        </Group>
        {failed && <Failure title="The history could not be read" error={failed} />}
        {history.isPending && <Skeleton h={160} aria-label="Loading the history" />}
        {history.data && <Charts points={history.data} />}
        {builds.data && builds.data.builds.length > 0 && <BuildsTable builds={builds.data.builds} />}
      </Stack>
    </Page>
  );
}

/** The badge, and its address to be put elsewhere. */
function Badge({ description }: { description: string }) {
  const href = badgeHref(description);
  // The server that draws the page first does not know its own address.
  const address = typeof window === "undefined" ? href : new URL(href, window.location.href).href;
  return (
    <Group gap={4}>
      {/* biome-ignore lint/performance/noImgElement: a small image of our own, made anew each time */}
      <img src={href} alt="Badge with the state of the newest build" height={20} />
      <CopyIcon value={address} what="the badge's address" />
    </Group>
  );
}

function Charts({ points }: { points: readonly HistoryPoint[] }) {
  if (points.length === 0)
    return <Text size="sm">No build of this description has succeeded yet: there is nothing to draw.</Text>;
  return (
    <>
      <HistoryChart title="Size of the image" points={points} read={({ bytes }) => bytes} words={formatBytes} />
      <HistoryChart
        title="Duration"
        points={points}
        read={({ seconds }) => seconds}
        words={formatDuration}
        parts={({ phases }) => phases.map(({ label, seconds }) => ({ name: label, value: seconds }))}
      />
      <HistoryChart
        title="Packages"
        points={points}
        read={({ packages }) => packages}
        words={(count) => count.toLocaleString("en")}
      />
    </>
  );
}
