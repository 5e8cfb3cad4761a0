import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useBuildChanges } from "../../builds/build-changes.ts";
import { useTRPC } from "../../trpc.tsx";
import type { EditorSession } from "./editor-session.ts";

/** Enough for the last build of every type, without reading a whole history. */
const NEWEST = 50;

/** Tells the editor what was built of the description. */
export function useBuilds(session: EditorSession, description: string): void {
  useBuildChanges();
  const trpc = useTRPC();
  const { data: listed } = useQuery(trpc.descriptions.get.queryOptions({ id: description }));
  const { data: history } = useQuery(trpc.builds.list.queryOptions({ description, limit: NEWEST }));
  const facts = listed?.facts;
  const builds = history?.builds;
  useEffect(() => {
    session.builds.set(builds && facts ? { builds, facts } : null);
  }, [session, builds, facts]);
}
