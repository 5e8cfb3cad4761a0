import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { PackageWish } from "#lib/contracts/packages.ts";
import { useTRPCClient } from "../../trpc.tsx";
import { useChoice } from "../choice/use-choice.ts";
import type { EditorSession } from "../session/editor-session.ts";
import { useAnswer } from "../session/use-answer.ts";

/** What would be installed for the choice, of the texts as they are and as they were saved; undefined = not known (yet). */
export function useEstimate(session: EditorSession, main: string) {
  const { full } = useChoice(session);
  const now = useAnswer(session, "wantedPackages", useWish(main, full, false)).answer;
  const saved = useAnswer(session, "wantedPackages", useWish(main, full, true)).answer;
  return { choice: full, now: useSolved(now ?? null), saved: useSolved(saved ?? null) };
}

function useWish(path: string, choice: ReturnType<typeof useChoice>["full"], saved: boolean) {
  return useMemo(() => ({ path, choice, saved }), [path, choice, saved]);
}

/** Milliseconds without another wish after which apt is asked: names are typed letter by letter. */
const PAUSE = 800;

/** Apt is asked once for the same; the last answer stays while a newer one is on its way. */
function useSolved(latest: PackageWish | null) {
  const [wish] = useDebouncedValue(latest, PAUSE);
  const client = useTRPCClient();
  const isForApt = wish !== null && wish.names.length > 0 && wish.repositories.every(({ type }) => type === "apt-deb");
  const { data } = useQuery({
    queryKey: ["estimate", wish],
    queryFn: async () => (wish === null ? null : client.packages.estimate.mutate(wish)),
    enabled: isForApt,
    staleTime: 600_000,
    retry: false,
    placeholderData: keepPreviousData,
  });
  return isForApt && data && "packages" in data ? data : undefined;
}
