import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTRPC } from "../../trpc.tsx";

/** Asks for what the editor will show while the browser still loads the editor itself. */
export function useFetchAhead(description: string): void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  useEffect(() => {
    void queries.prefetchQuery(trpc.descriptions.get.queryOptions({ id: description }));
    void queries.prefetchQuery(trpc.files.sources.queryOptions({ description }));
    void queries.prefetchQuery(trpc.files.ruleSettings.queryOptions({ description }));
    void queries.prefetchQuery(trpc.files.tree.queryOptions({ description }));
    void queries.prefetchQuery(trpc.builder.status.queryOptions());
  }, [trpc, queries, description]);
}
