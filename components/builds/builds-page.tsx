"use client";

import { Anchor, Button, Center, EmptyState, Group, Skeleton, Stack } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconListDetails } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { isFinal } from "#lib/builds/state.ts";
import { useTRPC, useTRPCClient } from "../trpc.tsx";
import { Failure } from "../ui/failure.tsx";
import { Page } from "../ui/page.tsx";
import { useBuildChanges } from "./build-changes.ts";
import { BuildsTable } from "./builds-table.tsx";

interface PagePosition {
  before?: string;
}
const firstPage: PagePosition = {};

export function BuildsPage() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  useBuildChanges();
  const builds = useInfiniteQuery({
    queryKey: [...trpc.builds.list.queryKey(), "pages"],
    queryFn: ({ pageParam, signal }) => client.builds.list.query({ limit: 50, ...pageParam }, { signal }),
    initialPageParam: firstPage,
    getNextPageParam: ({ next }): PagePosition | undefined => (next === null ? undefined : { before: next }),
  });
  const unfinished =
    builds.data?.pages.flatMap((page) => page.builds).filter(({ state }) => !isFinal(state)).length ?? 0;
  useDocumentTitle(`${unfinished > 0 ? `(${unfinished}) ` : ""}Builds · KIWI Workbench`);
  return <Page title="Builds">{content()}</Page>;

  function content() {
    if (builds.isPending) return <Skeleton h={240} aria-label="Loading builds" />;
    if (builds.isError) {
      return <Failure title="The builds could not be read" error={builds.error} retry={() => void builds.refetch()} />;
    }
    const all = builds.data.pages.flatMap((page) => page.builds);
    if (all.length === 0) return <NoBuilds />;
    return (
      <Stack>
        <BuildsTable builds={all} />
        {builds.hasNextPage && (
          <Group justify="center">
            <Button variant="default" loading={builds.isFetchingNextPage} onClick={() => void builds.fetchNextPage()}>
              Show older builds
            </Button>
          </Group>
        )}
      </Stack>
    );
  }
}

function NoBuilds() {
  return (
    <Center mih="50vh">
      <EmptyState
        icon={<IconListDetails size={40} />}
        title="Nothing has been built yet"
        description={
          <>
            Open one of your{" "}
            <Anchor component={Link} href="/">
              descriptions
            </Anchor>{" "}
            and press Build. The build goes on when you close the page; it will be listed here with its log and its
            results.
          </>
        }
      />
    </Center>
  );
}
