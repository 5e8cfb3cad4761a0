import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { schemaNameOf } from "#lib/contracts/builder.ts";
import { useTRPC } from "../../trpc.tsx";
import { imageFiles } from "../language/mains.ts";
import type { EditorSession } from "./editor-session.ts";

/** Tells the language service of the files around the open ones, and of the schema of the installed KIWI. */
export function useFolder(session: EditorSession, description: string, main: string): void {
  const trpc = useTRPC();
  const { data: sources } = useQuery(trpc.files.sources.queryOptions({ description }));
  const { data: settings } = useQuery(trpc.files.ruleSettings.queryOptions({ description }));
  const { data: tree } = useQuery(trpc.files.tree.queryOptions({ description }));
  const status = useQuery(trpc.builder.status.queryOptions(undefined, { refetchInterval: 30_000 }));

  useEffect(() => {
    if (!sources) return;
    const paths = sources.map((source) => source.path);
    const entries = tree?.map(({ kind, path }) => (kind === "directory" ? `${path}/` : path)) ?? paths;
    session.diagnosis.setFolder(sources, imageFiles(main, paths), entries, settings ?? []);
  }, [session, sources, settings, tree, main]);

  const { data: builder, error, dataUpdatedAt } = status;
  const kiwi = builder?.kiwi;
  const reason = builder?.problem ?? error?.message ?? "";
  const architecture = builder?.architecture ?? null;
  useEffect(() => session.packages.use(architecture), [session, architecture]);

  const known = builder !== undefined || error !== null;
  useEffect(() => {
    if (!known) return;
    void session.diagnosis.setSchema(kiwi ? schemaNameOf(kiwi) : null, reason);
    // Every answer of the builder is another chance for a schema that could not be loaded before.
  }, [session, known, kiwi, reason, dataUpdatedAt]);
}
