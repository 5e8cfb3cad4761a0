import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import type { GitChange } from "#lib/contracts/git.ts";
import { useTRPC } from "../../trpc.tsx";
import type { EditorSession } from "../session/editor-session.ts";

/** How the description stands in its checkout, as long as the page is looked at. */
export function useGitStatus(description: string) {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.git.status.queryOptions({ description }));
  const changes = useMemo(
    () => new Map<string, GitChange["state"]>(data?.status?.changes.map(({ path, state }) => [path, state])),
    [data],
  );
  return { status: data?.status, reason: data?.reason ?? "", changes, error, refetch };
}

/** Takes in what git has done to the files, everywhere on the page. */
export function useAfterGit(session: EditorSession) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return useCallback(async () => {
    await session.files.refresh();
    await Promise.all([
      queries.invalidateQueries(trpc.git.pathFilter()),
      queries.invalidateQueries(trpc.files.pathFilter()),
      queries.invalidateQueries(trpc.descriptions.pathFilter()),
    ]);
  }, [session, queries, trpc]);
}
