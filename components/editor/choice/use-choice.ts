import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Choice } from "#lib/kiwi/description/selection.ts";
import { useTRPC } from "../../trpc.tsx";
import type { EditorSession } from "../session/editor-session.ts";
import { useStore } from "../session/use-store.ts";

/** What is chosen for a description, and what it comes to on this builder. */
export function useChoice(session: EditorSession) {
  const trpc = useTRPC();
  const choice = useStore(session.choice);
  const { data: builder } = useQuery(trpc.builder.status.queryOptions(undefined, { refetchInterval: 30_000 }));
  const host = builder?.architecture ?? null;
  const full = useMemo<Choice>(
    () => ({ profiles: choice.profiles, type: choice.type, architecture: choice.architecture ?? host ?? "x86_64" }),
    [choice, host],
  );
  return { choice, setChoice: (next: typeof choice) => session.choice.set(next), full, host };
}
